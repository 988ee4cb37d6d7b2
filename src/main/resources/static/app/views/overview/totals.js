import { html } from '../../parts/html.js';
import { bytesPerSecond, count, perSecond } from '../../format.js';

/** All listeners in six numbers. There before they are known, so that nothing moves. */
export function Totals({ now }) {
    const sum = { running: 0, stopped: 0, failed: 0, connections: 0, messages: 0, bytes: 0 };
    for (const { view, rates } of now?.listeners ?? []) {
        if (view.status.state in sum) {
            sum[view.status.state]++;
        }
        sum.connections += view.status.connections.active;
        sum.messages += rates.messages;
        sum.bytes += rates.bytes;
    }
    const show = (format, value) => (now ? format(value) : '–');
    return html`<dl class="totals">
        <div><dt>Running</dt><dd>${show(count, sum.running)}</dd></div>
        <div><dt>Stopped</dt><dd>${show(count, sum.stopped)}</dd></div>
        <div class=${sum.failed ? 'bad' : null}><dt>Failed</dt><dd>${show(count, sum.failed)}</dd></div>
        <div><dt>Connections</dt><dd>${show(count, sum.connections)}</dd></div>
        <div><dt>Messages</dt><dd>${show(perSecond, sum.messages)}</dd></div>
        <div><dt title="Bytes in and out">Traffic</dt><dd>${show(bytesPerSecond, sum.bytes)}</dd></div>
    </dl>`;
}
