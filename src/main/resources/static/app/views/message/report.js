import { html, useMemo, useState } from '../../parts/html.js';
import { count, endpoint, fromBase64, micros } from '../../format.js';
import { Copy } from '../../parts/copy.js';
import { State } from '../../parts/state.js';
import { Exchange } from './exchange.js';
import { answerMicros, explain } from './outcomes.js';
import { Timing } from './timing.js';

/** What became of a message. */
export function Report({ report, draft, curl }) {
    const [attempt, setAttempt] = useState(null);
    // The fields of an attempt have the names of those of the whole.
    const shown = attempt === null ? report : { ...report, ...report.attempts[attempt] };
    const expected = useMemo(() => expectedOf(draft, report), [draft, report]);
    return html`<div class="stack answer">
        <section class="card" id="outcome" aria-label="Outcome">
            <div class="card-head"><${State} state=${shown.verdict} /><h2>${shown.outcome}</h2>
                <div class="end"><${Copy} text=${curl} label="Copy as curl" /></div></div>
            <p>${explain(shown, draft.expecting)}</p>
            <${Addresses} report=${report} />
        </section>
        ${report.attempts && html`<${Attempts} attempts=${report.attempts} chosen=${attempt} onChoose=${setAttempt} />`}
        <${Exchange} sent=${shown.sent} received=${shown.received} expected=${expected} />
        <section class="card" aria-label="Timing"><div class="card-head"><h2>Timing</h2></div>
            <${Timing} timing=${shown.timing} protocol=${report.target.protocol} /></section>
        <details class="card"><summary>As curl</summary><pre class="code wrapped" tabindex="0" role="region" aria-label="As curl">${curl}</pre></details>
    </div>`;
}

/** The bytes that should have come back, or null where they are not known here. */
function expectedOf(draft, report) {
    switch (draft.expecting) {
        case 'echo': return fromBase64(report.sent.base64);
        case 'text': return /^utf-?8$/i.test(draft.charset.trim() || 'utf-8') ? new TextEncoder().encode(draft['expect.text']) : null;
        case 'hex': return Uint8Array.from(draft['expect.hex'].replace(/0x|[^0-9a-f]/gi, '').match(/../g) ?? [], byte => parseInt(byte, 16));
        default: return null;
    }
}

function Addresses({ report: { target, client, server } }) {
    return html`<dl class="ends">
        <div><dt>Target</dt><dd>${target.protocol} ${endpoint(target.host, target.port)}${
            target.address && target.address !== target.host ? ` (${target.address})` : ''}</dd></div>
        <div><dt>Client bound</dt><dd>${client ? endpoint(client.address, client.port) : 'nothing'}</dd></div>
        <div><dt>Listener saw</dt><dd>${server ? html`${endpoint(server.remoteAddress, server.remotePort)}
            ${client && server.remotePort !== client.port && html` <strong>another port: something translates addresses</strong>`}`
            : html`<span class="muted">not known</span>`}</dd></div>
    </dl>`;
}

function Attempts({ attempts, chosen, onChoose }) {
    return html`<section class="card" aria-label="Attempts">
        <div class="card-head"><h2>Attempts</h2><span class="muted">${count(attempts.filter(({ verdict }) => verdict === 'pass').length)} of ${count(attempts.length)} passed</span></div>
        <div class="scroll attempts"><table><thead><tr><th>No.</th><th>Outcome</th><th class="num">Received</th><th class="num">Answer took</th></tr></thead>
            <tbody>${attempts.map((each, i) => html`<tr key=${i} class=${i === chosen ? 'chosen' : null}>
                <td><button type="button" class="small" aria-pressed=${String(i === chosen)} onClick=${() => onChoose(i === chosen ? null : i)}>
                    <span class="hidden-text">Show attempt </span>${i + 1}</button></td>
                <td><span class=${each.verdict === 'pass' ? null : 'bad'}>${each.outcome}</span></td>
                <td class="num">${count(each.received.bytes)} B</td>
                <td class="num">${answerMicros(each.timing) === null ? '–' : micros(answerMicros(each.timing))}</td></tr>`)}</tbody></table></div>
    </section>`;
}
