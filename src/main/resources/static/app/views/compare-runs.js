import { html, useEffect, useState } from '../parts/html.js';
import { read } from '../api.js';
import { bytesPerSecond, count, micros, perSecond } from '../format.js';
import { State } from '../parts/state.js';
import { Ago } from '../parts/time.js';
import { Distribution } from './run/distribution.js';
import { targetText } from './run/request.js';
import { loadText, runHref, runPath, standing } from './run/words.js';

/** Two runs side by side: ?a=id&b=id. */
export default function CompareRuns({ query }) {
    const [runs, setRuns] = useState(null);
    const [refusal, setRefusal] = useState(null);
    const ids = [query.get('a') ?? '', query.get('b') ?? ''];
    useEffect(() => {
        setRuns(null);
        setRefusal(null);
        Promise.all(ids.map(id => read(runPath(id)))).then(setRuns, setRefusal);
    }, ids);
    if (refusal) {
        return html`<div class="blank"><h1>These runs cannot be compared</h1><p>${refusal.message}. <a href="#/runs">All runs</a></p></div>`;
    }
    if (!runs) {
        return html`<p class="loading" role="status">Reading both runs…</p>`;
    }
    const measured = runs.filter(({ result }) => result?.latency);
    return html`<div class="page-head"><h1>Two runs</h1><div class="actions"><a class="button" href="#/runs">All runs</a></div></div>
        <div class="charts">${runs.map((run, i) => html`<${Which} key=${i} letter=${'AB'[i]} run=${run} />`)}</div>
        <div class="charts"><section class="card" aria-label="Figures"><div class="card-head"><h2>Figures</h2></div><div class="scroll"><table>
            <thead><tr><th>Figure</th><th class="num">A</th><th class="num">B</th><th class="num">B ÷ A</th></tr></thead>
            <tbody>${FIGURES.map(([name, of, format]) => html`<${Figure} key=${name} name=${name} a=${of(runs[0])} b=${of(runs[1])} format=${format} />`)}</tbody>
        </table></div></section>
        ${measured.length === 2 ? html`<section class="card" aria-label="Latency distributions"><div class="card-head"><h2>Latency distributions</h2></div>
            <${Distribution} key=${ids.join()} runs=${runs.map(({ result }, i) => ({ label: 'AB'[i], histogram: result.histogram }))} /></section>`
        : html`<p class="card muted">Without answers in both there are no distributions to compare.</p>`}</div>`;
}

const Which = ({ letter, run }) => html`<section class=${`card which which-${letter}`} aria-label=${`Run ${letter}`}>
    <div class="card-head"><span class="letter">${letter}</span><a href=${runHref(run.id)}>${targetText(run.request.target)}</a><${State} state=${standing(run)} /></div>
    <p class="muted">${loadText(run.request)} · <${Ago} at=${run.startedAt} /></p></section>`;

const latency = name => [run => run.result?.latency?.[name], micros];
const counter = name => [run => run.result?.[name], count];

const FIGURES = [
    ['Answers a second', run => run.result?.messagesPerSecond, perSecond],
    ['Payload a second', run => run.result?.bytesPerSecond, bytesPerSecond],
    ['Least', ...latency('minMicros')],
    ['Mean', ...latency('meanMicros')],
    ['p50', ...latency('p50Micros')],
    ['p90', ...latency('p90Micros')],
    ['p99', ...latency('p99Micros')],
    ['p99.9', ...latency('p999Micros')],
    ['Longest', ...latency('maxMicros')],
    ['Sent', ...counter('sent')],
    ['Received', ...counter('received')],
    ['Lost', ...counter('lost')],
    ['Late', ...counter('late')],
    ['Duplicated', ...counter('duplicated')],
    ['Reordered', ...counter('reordered')],
    ['Corrupted', ...counter('corrupted')],
    ['Unsent', ...counter('unsent')],
];

const Figure = ({ name, a, b, format }) => html`<tr><td>${name}</td><td class="num">${a == null ? '–' : format(a)}</td>
    <td class="num">${b == null ? '–' : format(b)}</td><td class="num">${a > 0 && b != null ? (b / a).toFixed(2) : '–'}</td></tr>`;
