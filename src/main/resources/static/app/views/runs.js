import { html, useEffect, useState } from '../components/html.js';
import { read } from '../api.js';
import { count, micros, perSecond } from '../format.js';
import { recoveries } from '../connectivity.js';
import { State } from '../components/state.js';
import { RelativeTime } from '../components/relative-time.js';
import { useStore } from '../store.js';
import { targetText } from './run/request.js';
import { loadText, runHref, statusOf } from './run/run-text.js';

const INTERVAL_MS = 2000;

/** The runs, newest first. Two can be selected for comparison; ?compare=id selects one. */
export default function Runs({ query }) {
    const { runs, error, showMore } = useRuns();
    const [selected, setSelected] = useState(() => query.getAll('compare'));
    const toggle = id => setSelected(selected.includes(id) ? selected.filter(each => each !== id) : [...selected, id].slice(-2));
    return html`<div class="page-header"><h1>Runs</h1>
            <div class="actions">${runs?.length > 1 && html`<${Compare} selected=${selected} />`}
                <a class="button primary" href="#/runs/new">New run</a></div></div>
        ${runs?.length > 1 && html`<p class="muted lead">${selected.length === 1 ? 'Select another run to compare.' : 'Select two runs to compare.'}</p>`}
        ${error && !runs ? html`<p class="form-error" role="alert">${error.message}</p>` : !runs
            ? html`<p class="loading" role="status">Loading runs…</p>` : runs.length === 0 ? html`<${Empty} />`
            : html`<div class="card scroll"><table class="runs">
                <thead><tr>${runs.length > 1 && html`<th><span class="hidden-text">Compare</span></th>`}<th>Run</th><th>State</th>
                    <th class="num">Responses/s</th><th class="num wide-only">p50</th><th class="num">p99</th><th class="num wide-only">Lost</th><th class="wide-only">Started</th></tr></thead>
                <tbody>${runs.map(run => html`<${Row} key=${run.id} run=${run} selected=${selected} onToggle=${runs.length > 1 && toggle} />`)}</tbody>
            </table></div>`}
        ${showMore && html`<div class="form-end"><button type="button" onClick=${showMore}>Show more</button></div>`}`;
}

/** The earlier run is the baseline. Ids sort by start time. */
function Compare({ selected }) {
    const [a, b] = [...selected].sort().map(encodeURIComponent);
    return b ? html`<a class="button" href=${`#/runs/compare?a=${a}&b=${b}`}>Compare</a>`
        : html`<button type="button" disabled>Compare</button>`;
}

const Empty = () => html`<div class="card empty-state"><h2>No runs yet</h2>
    <p>A run sends numbered messages over several connections, verifies every response and measures latency and throughput.</p>
    <p><a class="button primary" href="#/runs/new">New run</a></p></div>`;

function Row({ run, selected, onToggle }) {
    const { id, request, result } = run;
    const latency = result?.latency;
    return html`<tr>
        ${onToggle && html`<td class="pick"><input type="checkbox" aria-label=${`Select the run started at ${run.startedAt} for comparison`} checked=${selected.includes(id)}
            onChange=${() => onToggle(id)} /></td>`}
        <td class="target"><a href=${runHref(id)}>${targetText(request.target)}</a><div class="hint">${loadText(request)}</div>
            <div class="hint narrow-only"><${RelativeTime} at=${run.startedAt} /></div></td>
        <td class="status"><${State} state=${statusOf(run)} />${run.state === 'running' && html`<div class="hint">${Math.floor(100 * run.progress)} %</div>`}</td>
        <td class="num" data-label="Responses">${result ? perSecond(result.messagesPerSecond) : '–'}</td>
        <td class="num wide-only">${latency ? micros(latency.p50Micros) : '–'}</td>
        <td class="num" data-label="p99">${latency ? micros(latency.p99Micros) : '–'}</td>
        <td class="num wide-only">${result ? count(result.lost) : '–'}</td>
        <td class="wide-only"><${RelativeTime} at=${run.startedAt} /></td></tr>`;
}

/** The runs, polled while one is in progress; null while loading. showMore loads older runs, and is null if there are none. */
function useRuns() {
    const [page, setPage] = useState(null);
    const [limit, setLimit] = useState(50);
    const [error, setError] = useState(null);
    const recovered = useStore(recoveries);
    useEffect(() => {
        let timer;
        let unmounted = false;
        async function load() {
            try {
                const response = await read(`runs?limit=${limit}`);
                if (unmounted) {
                    return;
                }
                setPage(response);
                if (response.items.some(({ state }) => state === 'running')) {
                    timer = setTimeout(load, INTERVAL_MS);
                }
            } catch (failure) {
                setError(failure);
            }
        }
        load();
        return () => {
            unmounted = true;
            clearTimeout(timer);
        };
    }, [limit, recovered]);
    const hasMore = page?.nextCursor && limit < 1000;
    return { runs: page?.items, error, showMore: hasMore ? () => setLimit(Math.min(1000, 4 * limit)) : null };
}
