import { html, useEffect, useState } from '../parts/html.js';
import { read } from '../api.js';
import { count, micros, perSecond } from '../format.js';
import { recoveries } from '../link.js';
import { State } from '../parts/state.js';
import { Ago } from '../parts/time.js';
import { useStore } from '../store.js';
import { targetText } from './run/request.js';
import { loadText, runHref, standing } from './run/words.js';

const AGAIN_MS = 2000;

/** The runs, newest first. Two can be chosen to compare them; ?compare=id has chosen one. */
export default function Runs({ query }) {
    const { runs, refusal, older } = useRuns();
    const [chosen, setChosen] = useState(() => query.getAll('compare'));
    const choose = id => setChosen(chosen.includes(id) ? chosen.filter(each => each !== id) : [...chosen, id].slice(-2));
    return html`<div class="page-head"><h1>Runs</h1>
            <div class="actions">${runs?.length > 1 && html`<${Compare} chosen=${chosen} />`}
                <a class="button primary" href="#/runs/new">New run</a></div></div>
        ${runs?.length > 1 && html`<p class="muted lead">${chosen.length === 1 ? 'Choose another to compare it with.' : 'Choose two to compare them.'}</p>`}
        ${refusal && !runs ? html`<p class="form-fault" role="alert">${refusal.message}</p>` : !runs
            ? html`<p class="loading" role="status">Reading the runs…</p>` : runs.length === 0 ? html`<${None} />`
            : html`<div class="card scroll"><table class="runs">
                <thead><tr>${runs.length > 1 && html`<th><span class="hidden-text">Compare</span></th>`}<th>Run</th><th>State</th>
                    <th class="num">Answers/s</th><th class="num wide-only">p50</th><th class="num">p99</th><th class="num wide-only">Lost</th><th class="wide-only">Started</th></tr></thead>
                <tbody>${runs.map(run => html`<${Row} key=${run.id} run=${run} chosen=${chosen} onChoose=${runs.length > 1 && choose} />`)}</tbody>
            </table></div>`}
        ${older && html`<div class="form-end"><button type="button" onClick=${older}>Show older ones</button></div>`}`;
}

/** The earlier one first: it is what the other is measured by. Later runs have later ids. */
function Compare({ chosen }) {
    const [a, b] = [...chosen].sort().map(encodeURIComponent);
    return b ? html`<a class="button" href=${`#/runs/compare?a=${a}&b=${b}`}>Compare</a>`
        : html`<button type="button" disabled>Compare</button>`;
}

const None = () => html`<div class="card blank"><h2>No run yet</h2>
    <p>A run sends numbered messages over many connections, compares every answer with what was sent, and tells how long the answers took.</p>
    <p><a class="button primary" href="#/runs/new">Start one</a></p></div>`;

function Row({ run, chosen, onChoose }) {
    const { id, request, result } = run;
    const latency = result?.latency;
    return html`<tr>
        ${onChoose && html`<td class="pick"><input type="checkbox" aria-label=${`Compare the run of ${run.startedAt}`} checked=${chosen.includes(id)}
            onChange=${() => onChoose(id)} /></td>`}
        <td class="what"><a href=${runHref(id)}>${targetText(request.target)}</a><div class="hint">${loadText(request)}</div>
            <div class="hint narrow-only"><${Ago} at=${run.startedAt} /></div></td>
        <td class="how"><${State} state=${standing(run)} />${run.state === 'running' && html`<div class="hint">${Math.floor(100 * run.progress)} %</div>`}</td>
        <td class="num" data-label="Answers">${result ? perSecond(result.messagesPerSecond) : '–'}</td>
        <td class="num wide-only">${latency ? micros(latency.p50Micros) : '–'}</td>
        <td class="num" data-label="p99">${latency ? micros(latency.p99Micros) : '–'}</td>
        <td class="num wide-only">${result ? count(result.lost) : '–'}</td>
        <td class="wide-only"><${Ago} at=${run.startedAt} /></td></tr>`;
}

/** The runs, read again while one goes on; null before the first answer. older shows more of them, and is null if there are none. */
function useRuns() {
    const [page, setPage] = useState(null);
    const [limit, setLimit] = useState(50);
    const [refusal, setRefusal] = useState(null);
    const recovered = useStore(recoveries);
    useEffect(() => {
        let timer;
        let over = false;
        async function readThem() {
            try {
                const answer = await read(`runs?limit=${limit}`);
                if (over) {
                    return;
                }
                setPage(answer);
                if (answer.items.some(({ state }) => state === 'running')) {
                    timer = setTimeout(readThem, AGAIN_MS);
                }
            } catch (refused) {
                setRefusal(refused);
            }
        }
        readThem();
        return () => {
            over = true;
            clearTimeout(timer);
        };
    }, [limit, recovered]);
    const hasOlder = page?.nextCursor && limit < 1000;
    return { runs: page?.items, refusal, older: hasOlder ? () => setLimit(Math.min(1000, 4 * limit)) : null };
}
