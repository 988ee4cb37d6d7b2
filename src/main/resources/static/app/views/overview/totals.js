import { html } from '../../components/html.js';
import { bytesPerSecond, count, perSecond } from '../../format.js';

/** Totals over all listeners. Rendered before the data is loaded, so that the layout does not shift. */
export function Totals({ data }) {
    const sum = { running: 0, stopped: 0, failed: 0, connections: 0, messages: 0, bytes: 0 };
    for (const { view, rates } of data?.listeners ?? []) {
        if (view.status.state in sum) {
            sum[view.status.state]++;
        }
        sum.connections += view.status.connections.active;
        sum.messages += rates.messages;
        sum.bytes += rates.bytes;
    }
    const show = (format, value) => (data ? format(value) : '–');
    return html`<dl class="totals">
        <div><dt>Running</dt><dd>${show(count, sum.running)}</dd></div>
        <div><dt>Stopped</dt><dd>${show(count, sum.stopped)}</dd></div>
        <div class=${sum.failed ? 'bad' : null}><dt>Failed</dt><dd>${show(count, sum.failed)}</dd></div>
        <div><dt>Connections</dt><dd>${show(count, sum.connections)}</dd></div>
        <div><dt title="Messages received">Messages</dt><dd>${show(perSecond, sum.messages)}</dd></div>
        <div><dt title="Bytes received and sent">Throughput</dt><dd>${show(bytesPerSecond, sum.bytes)}</dd></div>
    </dl>`;
}
