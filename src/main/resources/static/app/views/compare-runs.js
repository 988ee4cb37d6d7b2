import { html, useEffect, useState } from '../components/html.js';
import { read } from '../api.js';
import { bytesPerSecond, count, micros, perSecond } from '../format.js';
import { State } from '../components/state.js';
import { RelativeTime } from '../components/relative-time.js';
import { Distribution } from './run/distribution.js';
import { targetText } from './run/request.js';
import { loadText, runHref, runPath, statusOf } from './run/run-text.js';

/** Compares two runs, ?a=id&b=id. */
export default function CompareRuns({ query }) {
    const [runs, setRuns] = useState(null);
    const [error, setError] = useState(null);
    const ids = [query.get('a') ?? '', query.get('b') ?? ''];
    useEffect(() => {
        setRuns(null);
        setError(null);
        Promise.all(ids.map(id => read(runPath(id)))).then(setRuns, setError);
    }, ids);
    if (error) {
        return html`<div class="empty-state"><h1>Could not load the runs</h1><p>${error.message}. <a href="#/runs">All runs</a></p></div>`;
    }
    if (!runs) {
        return html`<p class="loading" role="status">Loading the runs…</p>`;
    }
    const measured = runs.filter(({ result }) => result?.latency);
    return html`<div class="page-header"><h1>Compare runs</h1><div class="actions"><a class="button" href="#/runs">All runs</a></div></div>
        <div class="charts">${runs.map((run, i) => html`<${RunCard} key=${i} letter=${'AB'[i]} run=${run} />`)}</div>
        <div class="charts"><section class="card" aria-labelledby="results"><div class="card-head"><h2 id="results">Results</h2></div>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="results"><table class="compact">
            <thead><tr><th>Metric</th><th class="num">A</th><th class="num">B</th><th class="num">B ÷ A</th></tr></thead>
            <tbody>${METRICS.map(([name, of, format]) => html`<${Metric} key=${name} name=${name} a=${of(runs[0])} b=${of(runs[1])} format=${format} />`)}</tbody>
        </table></div></section>
        ${measured.length === 2 ? html`<section class="card" aria-label="Latency distributions"><div class="card-head"><h2>Latency distributions</h2></div>
            <${Distribution} key=${ids.join()} runs=${runs.map(({ result }, i) => ({ label: 'AB'[i], histogram: result.histogram }))} /></section>`
        : html`<p class="card muted">The latency distributions require responses in both runs.</p>`}</div>`;
}

const RunCard = ({ letter, run }) => html`<section class=${`card run-card run-${letter}`} aria-label=${`Run ${letter}`}>
    <div class="card-head"><span class="letter">${letter}</span><a href=${runHref(run.id)}>${targetText(run.request.target)}</a><${State} state=${statusOf(run)} /></div>
    <p class="muted">${loadText(run.request)} · <${RelativeTime} at=${run.startedAt} /></p></section>`;

const latency = name => [run => run.result?.latency?.[name], micros];
const counter = name => [run => run.result?.[name], count];

const METRICS = [
    ['Responses/s', run => run.result?.messagesPerSecond, perSecond],
    ['Throughput', run => run.result?.bytesPerSecond, bytesPerSecond],
    ['Min', ...latency('minMicros')],
    ['Mean', ...latency('meanMicros')],
    ['p50', ...latency('p50Micros')],
    ['p90', ...latency('p90Micros')],
    ['p99', ...latency('p99Micros')],
    ['p99.9', ...latency('p999Micros')],
    ['Max', ...latency('maxMicros')],
    ['Sent', ...counter('sent')],
    ['Received', ...counter('received')],
    ['Lost', ...counter('lost')],
    ['Late', ...counter('late')],
    ['Duplicated', ...counter('duplicated')],
    ['Reordered', ...counter('reordered')],
    ['Corrupted', ...counter('corrupted')],
    ['Unsent', ...counter('unsent')],
];

const Metric = ({ name, a, b, format }) => html`<tr><td>${name}</td><td class="num">${a == null ? '–' : format(a)}</td>
    <td class="num">${b == null ? '–' : format(b)}</td><td class="num">${a > 0 && b != null ? (b / a).toFixed(2) : '–'}</td></tr>`;
