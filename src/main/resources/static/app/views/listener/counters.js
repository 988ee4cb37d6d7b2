import { html } from '../../parts/html.js';
import { act } from '../../actions.js';
import { bytes, count } from '../../format.js';
import { CLOSED, DROPPED, REJECTED } from '../../reasons.js';
import { Ago } from '../../parts/time.js';

/** What was counted since it was made or reset, and what the reasons mean. */
export function Counters({ view }) {
    const { name, protocol, status: { traffic, connections, closed, dropped, lastActivityAt } } = view;
    const tcp = protocol === 'tcp';
    const of = (times, unit) => (times === 1 ? unit : `${unit}s`);
    return html`<section class="card" aria-labelledby="counters">
        <div class="card-head"><h2 id="counters">Counters</h2><div class="end">
            <button class="small" onClick=${() => act(name, 'reset-counters')}>Reset</button></div></div>
        <dl class="figures">
            ${figure('Received', count(traffic.receivedMessages), `${of(traffic.receivedMessages, tcp ? 'read' : 'datagram')}, ${bytes(traffic.receivedBytes)}`, traffic.receivedBytes)}
            ${figure('Sent', count(traffic.sentMessages), `${of(traffic.sentMessages, tcp ? 'write' : 'datagram')}, ${bytes(traffic.sentBytes)}`, traffic.sentBytes)}
            ${tcp && figure('Connections', count(connections.active), `open; ${count(connections.total)} in all, at most ${count(connections.peak)} at once`)}
            ${figure('Last activity', lastActivityAt ? html`<${Ago} at=${lastActivityAt} />` : 'none yet', '')}
        </dl>
        ${tcp ? html`<${Reasons} title="Why connections ended" counts=${{ ...closed, rejected: connections.rejected }}
                words=${{ ...CLOSED, rejected: REJECTED }} none="No connection has ended." />`
            : html`<${Reasons} title="Why datagrams were dropped" counts=${dropped} words=${DROPPED} none="No datagram was dropped." />`}
    </section>`;
}

const figure = (label, value, note, exactBytes) => html`<div><dt>${label}</dt>
    <dd><strong>${value}</strong> <span class="muted" title=${exactBytes === undefined ? null : `${count(exactBytes)} bytes`}>${note}</span></dd></div>`;

function Reasons({ title, counts, words, none }) {
    const met = Object.entries(counts).filter(([, times]) => times > 0);
    const rest = Object.keys(counts).filter(reason => counts[reason] === 0);
    return html`<h3>${title}</h3>
        ${met.length === 0 ? html`<p class="muted">${none}</p>` : html`<ul class="reasons">${met.map(([reason, times]) => html`
            <li key=${reason}><span class="num">${count(times)}</span><span><strong>${reason}</strong> ${words[reason] ?? ''}</span></li>`)}</ul>`}
        <details><summary class="plain">What else is counted</summary>
            <ul class="reasons">${rest.map(reason => html`<li key=${reason}><span class="num muted">0</span>
                <span><strong>${reason}</strong> ${words[reason] ?? ''}</span></li>`)}</ul></details>`;
}
