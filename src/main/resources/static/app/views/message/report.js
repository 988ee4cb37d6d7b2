import { html, useMemo, useState } from '../../components/html.js';
import { count, endpoint, fromBase64, micros } from '../../format.js';
import { Copy } from '../../components/copy.js';
import { State } from '../../components/state.js';
import { Exchange } from './exchange.js';
import { responseMicros, explain } from './outcomes.js';
import { Timing } from './timing.js';
import { Tls } from './tls.js';

/** The outcome of a message. */
export function Report({ report, draft, curl }) {
    const [attempt, setAttempt] = useState(null);
    // An attempt overrides the fields of the same name of the report.
    const shown = attempt === null ? report : { ...report, ...report.attempts[attempt] };
    const expected = useMemo(() => expectedOf(draft, report), [draft, report]);
    return html`<div class="stack report">
        <section class="card" id="outcome" aria-label="Outcome">
            <div class="card-head"><${State} state=${shown.verdict} /><h2>${shown.outcome}</h2>
                <div class="end"><${Copy} text=${curl} label="Copy as curl" /></div></div>
            <p>${explain(shown, draft.expecting)}</p>
            <${Addresses} report=${report} />
        </section>
        ${report.attempts && html`<${Attempts} attempts=${report.attempts} selected=${attempt} onSelect=${setAttempt} />`}
        ${report.tls && html`<${Tls} tls=${report.tls} />`}
        <${Exchange} sent=${shown.sent} received=${shown.received} expected=${expected} />
        <section class="card" aria-label="Timing"><div class="card-head"><h2>Timing</h2></div>
            <${Timing} timing=${shown.timing} protocol=${report.target.protocol} /></section>
        <details class="card"><summary>As curl</summary><pre class="code wrapped" tabindex="0" role="region" aria-label="As curl">${curl}</pre></details>
    </div>`;
}

/** The expected bytes, or null if they are not known here. */
function expectedOf(draft, report) {
    switch (draft.expecting) {
        case 'echo': return fromBase64(report.sent.base64);
        case 'text': return /^utf-?8$/i.test(draft.charset.trim() || 'utf-8') ? new TextEncoder().encode(draft['expect.text']) : null;
        case 'hex': return Uint8Array.from(draft['expect.hex'].replace(/0x|[^0-9a-f]/gi, '').match(/../g) ?? [], byte => parseInt(byte, 16));
        default: return null;
    }
}

function Addresses({ report: { target, client, server } }) {
    return html`<dl class="endpoints">
        <div><dt>Target</dt><dd>${target.protocol} ${endpoint(target.host, target.port)}${
            target.address && target.address !== target.host ? ` (${target.address})` : ''}</dd></div>
        <div><dt>Client address</dt><dd>${client ? endpoint(client.address, client.port) : '–'}</dd></div>
        <div><dt>Address seen by listener</dt><dd>${server ? html`${endpoint(server.remoteAddress, server.remotePort)}
            ${client && server.remotePort !== client.port && html` <strong>(different port: NAT in between)</strong>`}`
            : html`<span class="muted">unknown</span>`}</dd></div>
    </dl>`;
}

function Attempts({ attempts, selected, onSelect }) {
    return html`<section class="card" aria-label="Attempts">
        <div class="card-head"><h2>Attempts</h2><span class="muted">${count(attempts.filter(({ verdict }) => verdict === 'pass').length)} of ${count(attempts.length)} passed</span></div>
        <div class="scroll attempts"><table class="compact"><thead><tr><th>No.</th><th>Outcome</th><th class="num">Received</th><th class="num">Response time</th></tr></thead>
            <tbody>${attempts.map((each, i) => html`<tr key=${i} class=${i === selected ? 'selected' : null}>
                <td><button type="button" class="small" aria-pressed=${String(i === selected)} onClick=${() => onSelect(i === selected ? null : i)}>
                    <span class="hidden-text">Show attempt </span>${i + 1}</button></td>
                <td><span class=${each.verdict === 'pass' ? null : 'bad'}>${each.outcome}</span></td>
                <td class="num">${count(each.received.bytes)} B</td>
                <td class="num">${responseMicros(each.timing) === null ? '–' : micros(responseMicros(each.timing))}</td></tr>`)}</tbody></table></div>
    </section>`;
}
