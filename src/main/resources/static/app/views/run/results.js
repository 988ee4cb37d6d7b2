import { html } from '../../components/html.js';
import { bytesPerSecond, count, micros, perSecond } from '../../format.js';

/** The most important metrics. */
export function KeyMetrics({ result }) {
    const { latency } = result ?? {};
    const metrics = [
        ['Responses/s', result && perSecond(result.messagesPerSecond), result && bytesPerSecond(result.bytesPerSecond)],
        ['p50', latency && micros(latency.p50Micros), '50 % of responses'],
        ['p99', latency && micros(latency.p99Micros), '99 % of responses'],
        ['p99.9', latency && micros(latency.p999Micros), latency && `max ${micros(latency.maxMicros)}`],
        ['Lost', result && count(result.lost), result && `of ${count(result.sent)} sent`],
    ];
    return html`<dl class="headline">${metrics.map(([name, value, more]) => html`
        <div key=${name} class="card"><dt>${name}</dt><dd>${value ?? '–'}</dd><dd class="hint">${more ?? ' '}</dd></div>`)}</dl>`;
}

const COUNTERS = [
    ['sent', 'Sent', 'Messages sent: received plus lost at the end of the run'],
    ['received', 'Received', 'Responses within the timeout, corrupted ones included'],
    ['lost', 'Lost', 'No response within the timeout'],
    ['late', 'Late', 'Lost messages whose response arrived after the timeout'],
    ['duplicated', 'Duplicated', 'Additional responses to the same message'],
    ['reordered', 'Reordered', 'Received after the response to a later message'],
    ['corrupted', 'Corrupted', 'Received, but different from the sent message'],
    ['unsent', 'Unsent', 'Scheduled but not sent: pipeline limit or backpressure'],
];

/** All counters with descriptions, and the errors. */
export function Counters({ result }) {
    const errors = Object.entries(result.errors);
    return html`<div class="scroll"><table class="counters"><thead><tr><th>Counter</th><th class="num">Messages</th><th>Description</th></tr></thead>
        <tbody>${COUNTERS.map(([name, label, description]) => html`<tr key=${name}>
            <td>${label}</td><td class=${isBad(name, result) ? 'num bad' : 'num'}>${count(result[name])}</td><td class="muted">${description}</td></tr>`)}
        ${errors.map(([outcome, number]) => html`<tr key=${outcome}>
            <td>Error: ${outcome}</td><td class="num bad">${count(number)}</td><td class="muted">Failed connections, or unexpected datagrams</td></tr>`)}
        ${result.tls && html`<${Handshakes} tls=${result.tls} />`}
        </tbody></table></div>`;
}

/** The TLS handshakes, as rows. */
function Handshakes({ tls }) {
    const versions = Object.entries(tls.protocols).map(([version, number]) => `${count(number)} ${version}`).join(', ');
    return html`<tr><td>TLS handshakes</td><td class="num">${count(tls.handshakes)}</td>
            <td class="muted">${versions}${tls.latency && `: p50 ${micros(tls.latency.p50Micros)}, max ${micros(tls.latency.maxMicros)}`}</td></tr>
        ${Object.entries(tls.failures).map(([cause, number]) => html`<tr key=${cause}>
            <td>TLS failed: ${cause}</td><td class="num bad">${count(number)}</td><td class="muted">${tls.firstFailure}</td></tr>`)}`;
}

const isBad = (name, result) => result[name] > 0 && (name === 'lost' || name === 'corrupted');

const LATENCIES = [['minMicros', 'Min'], ['meanMicros', 'Mean'], ['p50Micros', 'p50'], ['p90Micros', 'p90'], ['p99Micros', 'p99'],
    ['p999Micros', 'p99.9'], ['maxMicros', 'Max']];

/** The exact latencies with their thresholds. */
export function Latencies({ latency, thresholds }) {
    return html`<table class="latencies"><thead><tr><th>Latency</th><th class="num">µs</th><th class="num">Threshold</th></tr></thead>
        <tbody>${LATENCIES.map(([name, label]) => {
            const threshold = thresholds?.[name];
            return html`<tr key=${name}><td>${label}</td>
                <td class=${threshold != null && latency[name] > threshold ? 'num bad' : 'num'}>${latency[name].toLocaleString('en')}</td>
                <td class="num muted">${threshold == null ? '' : threshold.toLocaleString('en')}</td></tr>`;
        })}</tbody></table>`;
}
