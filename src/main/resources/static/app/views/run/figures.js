import { html } from '../../parts/html.js';
import { bytesPerSecond, count, micros, perSecond } from '../../format.js';

/** The figures that matter first. */
export function Headline({ result }) {
    const { latency } = result ?? {};
    const figures = [
        ['Answers a second', result && perSecond(result.messagesPerSecond), result && bytesPerSecond(result.bytesPerSecond)],
        ['p50', latency && micros(latency.p50Micros), 'half of the answers'],
        ['p99', latency && micros(latency.p99Micros), '99 of 100 answers'],
        ['p99.9', latency && micros(latency.p999Micros), latency && `longest ${micros(latency.maxMicros)}`],
        ['Lost', result && count(result.lost), result && `of ${count(result.sent)} sent`],
    ];
    return html`<dl class="headline">${figures.map(([name, value, more]) => html`
        <div key=${name} class="card"><dt>${name}</dt><dd>${value ?? '–'}</dd><dd class="hint">${more ?? ' '}</dd></div>`)}</dl>`;
}

const COUNTERS = [
    ['sent', 'Sent', 'Messages that left; at the end each is received or lost'],
    ['received', 'Received', 'Answered in time, right or not'],
    ['lost', 'Lost', 'Not answered in time'],
    ['late', 'Late', 'Of the lost ones, answered after all'],
    ['duplicated', 'Duplicated', 'Answers beyond the first of a message'],
    ['reordered', 'Reordered', 'Of the received ones, answered after one that was sent later'],
    ['corrupted', 'Corrupted', 'Of the received ones, not what was sent'],
    ['unsent', 'Unsent', 'Due but not sent before the end: too many were unanswered, or the network took no more'],
];

/** Every counter with what it counts, and what broke. */
export function Counters({ result }) {
    const errors = Object.entries(result.errors);
    return html`<div class="scroll"><table class="counters"><thead><tr><th>Counter</th><th class="num">Messages</th><th>What it counts</th></tr></thead>
        <tbody>${COUNTERS.map(([name, word, meaning]) => html`<tr key=${name}>
            <td>${word}</td><td class=${isBad(name, result) ? 'num bad' : 'num'}>${count(result[name])}</td><td class="muted">${meaning}</td></tr>`)}
        ${errors.map(([outcome, number]) => html`<tr key=${outcome}>
            <td>Error: ${outcome}</td><td class="num bad">${count(number)}</td><td class="muted">Connections, or datagrams that were no answer</td></tr>`)}
        </tbody></table></div>`;
}

const isBad = (name, result) => result[name] > 0 && (name === 'lost' || name === 'corrupted');

const PERCENTILES = [['minMicros', 'Least'], ['meanMicros', 'Mean'], ['p50Micros', 'p50'], ['p90Micros', 'p90'], ['p99Micros', 'p99'],
    ['p999Micros', 'p99.9'], ['maxMicros', 'Longest']];

/** Latency as exact numbers, each beside the threshold for it. */
export function Latencies({ latency, thresholds }) {
    return html`<table class="latencies"><thead><tr><th>Latency</th><th class="num">µs</th><th class="num">At most</th></tr></thead>
        <tbody>${PERCENTILES.map(([name, word]) => {
            const most = thresholds?.[name];
            return html`<tr key=${name}><td>${word}</td>
                <td class=${most != null && latency[name] > most ? 'num bad' : 'num'}>${latency[name].toLocaleString('en')}</td>
                <td class="num muted">${most == null ? '' : most.toLocaleString('en')}</td></tr>`;
        })}</tbody></table>`;
}
