import { html } from '../../components/html.js';
import { act } from '../../actions.js';
import { bytes, count } from '../../format.js';
import { CLOSED, DROPPED, REJECTED } from '../../reasons.js';
import { RelativeTime } from '../../components/relative-time.js';
import { AdminButton } from '../../components/admin-button.js';

/** The counters since creation or the last reset, with explanations of the reasons. */
export function Counters({ view }) {
    const { name, protocol, status: { traffic, connections, closed, dropped, tls, lastActivityAt } } = view;
    const tcp = protocol === 'tcp';
    const plural = (number, unit) => (number === 1 ? unit : `${unit}s`);
    return html`<section class="card" aria-labelledby="counters">
        <div class="card-head"><h2 id="counters">Counters</h2><div class="end">
            <${AdminButton} class="small" onClick=${() => act(name, 'reset-counters')}>Reset</${AdminButton}></div></div>
        <dl class="figures">
            ${figure('Received', count(traffic.receivedMessages), `${plural(traffic.receivedMessages, tcp ? 'read' : 'datagram')}, ${bytes(traffic.receivedBytes)}`, traffic.receivedBytes)}
            ${figure('Sent', count(traffic.sentMessages), `${plural(traffic.sentMessages, tcp ? 'write' : 'datagram')}, ${bytes(traffic.sentBytes)}`, traffic.sentBytes)}
            ${tcp && figure('Connections', count(connections.active), `open; ${count(connections.total)} total, ${count(connections.peak)} peak`)}
            ${tls && figure('TLS handshakes', count(tls.handshakes), `${count(tls.failed)} failed`)}
            ${figure('Last activity', lastActivityAt ? html`<${RelativeTime} at=${lastActivityAt} />` : 'None', '')}
        </dl>
        ${tls?.certificate && html`<p class="hint">Certificate ${tls.certificate.subject}, expires ${tls.certificate.notAfter.slice(0, 10)},
            SHA-256 <code>${tls.certificate.sha256}</code></p>`}
        ${tls?.failed > 0 && html`<${Reasons} title="Failed handshakes" counts=${tls.failures} descriptions=${{}} none="" />`}
        ${tcp ? html`<${Reasons} title="Close reasons" counts=${{ ...closed, rejected: connections.rejected }}
                descriptions=${{ ...CLOSED, rejected: REJECTED }} none="No closed connections." />`
            : html`<${Reasons} title="Drop reasons" counts=${dropped} descriptions=${DROPPED} none="No dropped datagrams." />`}
    </section>`;
}

const figure = (label, value, note, exactBytes) => html`<div><dt>${label}</dt>
    <dd><strong>${value}</strong> <span class="muted" title=${exactBytes === undefined ? null : `${count(exactBytes)} bytes`}>${note}</span></dd></div>`;

function Reasons({ title, counts, descriptions, none }) {
    const occurred = Object.entries(counts).filter(([, number]) => number > 0);
    const others = Object.keys(counts).filter(reason => counts[reason] === 0);
    return html`<h3>${title}</h3>
        ${occurred.length === 0 ? html`<p class="muted">${none}</p>` : html`<ul class="reasons">${occurred.map(([reason, number]) => html`
            <li key=${reason}><span class="num">${count(number)}</span><span><strong>${reason}</strong> ${descriptions[reason] ?? ''}</span></li>`)}</ul>`}
        <details><summary class="plain">Other reasons</summary>
            <ul class="reasons">${others.map(reason => html`<li key=${reason}><span class="num muted">0</span>
                <span><strong>${reason}</strong> ${descriptions[reason] ?? ''}</span></li>`)}</ul></details>`;
}
