import { html, useState } from '../components/html.js';
import { call } from '../api.js';
import { millis } from '../format.js';
import { AdminButton } from '../components/admin-button.js';
import { Confirm } from '../components/dialog.js';
import { State } from '../components/state.js';
import { RelativeTime } from '../components/relative-time.js';
import { showError } from '../components/toast.js';
import { Distribution } from './run/distribution.js';
import { Counters, KeyMetrics, Latencies } from './run/results.js';
import { useRun } from './run/use-run.js';
import { targetText } from './run/request.js';
import { Series } from './run/series.js';
import { loadText, runPath, statusOf } from './run/run-text.js';

/** The progress and the results of a run. */
export default ({ params: { id } }) => html`<${Run} key=${id} id=${id} />`;

function Run({ id }) {
    const { run, error, setRun } = useRun(id);
    if (error && !run) {
        return html`<div class="empty-state"><h1>${error.code === 'run-not-found' ? 'Run not found' : 'Could not load the run'}</h1><p>${error.message}. <a href="#/runs">All runs</a></p></div>`;
    }
    if (!run) {
        return html`<p class="loading" role="status">Loading the run…</p>`;
    }
    const running = run.state === 'running';
    const { result, request } = run;
    return html`<div class="page-header">
            <div class="title"><h1>Run against ${targetText(request.target)}</h1><${State} state=${statusOf(run)} /></div>
            <div class="actions">${running ? html`<${Cancel} run=${run} onDone=${setRun} />` : html`<${FinishedActions} run=${run} />`}</div>
        </div>
        <p class="muted lead">${loadText(request)} · started <${RelativeTime} at=${run.startedAt} /></p>
        <${Status} run=${run} />
        <${KeyMetrics} result=${result} />
        <${Series} series=${result?.series ?? []} seconds=${request.messages === null ? request.durationMs / 1000 : null} />
        ${result?.latency && !running && html`<section class="card" aria-label="Latency distribution"><div class="card-head"><h2>Latency distribution</h2></div>
            <div class="distribution"><${Distribution} runs=${[{ label: 'Latency', histogram: result.histogram }]} />
                <${Latencies} latency=${result.latency} thresholds=${request.thresholds} /></div></section>`}
        ${result && html`<section class="card" aria-label="Counters"><div class="card-head"><h2>Counters</h2></div><${Counters} result=${result} /></section>`}`;
}

/** Has a constant height, so that the layout does not shift when the run ends. */
function Status({ run }) {
    if (run.state === 'running') {
        const warmingUp = run.progress === 0 && run.request.warmupMs > 0 && !run.result?.sent;
        return html`<div class="card run-status"><label for="progress">${warmingUp ? `Warming up for ${millis(run.request.warmupMs)}`
            : `${Math.floor(100 * run.progress)} % completed`}</label>
            <progress id="progress" max="1" value=${run.progress}></progress></div>`;
    }
    return html`<div class=${`card run-status ${statusOf(run)}`} role="status"><p><strong>${STATUS_TEXTS[statusOf(run)]}</strong>
        ${run.detail && run.state !== 'cancelled' && html` <span class="reason">${run.detail}</span>`}</p></div>`;
}

const STATUS_TEXTS = {
    pass: 'Passed: all thresholds met.',
    fail: 'Failed:',
    inconclusive: 'Inconclusive:',
    cancelled: 'Inconclusive: the run was cancelled.',
    failed: 'The run could not be executed:',
};

function Cancel({ run, onDone }) {
    const [cancelling, setCancelling] = useState(false);
    async function cancel() {
        setCancelling(true);
        try {
            onDone((await call('POST', runPath(run.id, '/cancel'), { summary: 'Cancelled the run' })).body);
        } catch (failure) {
            showError(failure.message);
            setCancelling(false);
        }
    }
    return html`<${AdminButton} type="button" class="danger" disabled=${cancelling} onClick=${cancel}>${cancelling ? 'Cancelling…' : 'Cancel'}</${AdminButton}>`;
}

function FinishedActions({ run }) {
    const [confirming, setConfirming] = useState(false);
    async function remove() {
        setConfirming(false);
        try {
            await call('DELETE', runPath(run.id), { summary: 'Deleted the run' });
            location.hash = '#/runs';
        } catch (failure) {
            showError(failure.message);
        }
    }
    const download = (rest, name, label) => html`<a class="button" href=${`api/v1/${runPath(run.id, rest)}`} download=${name}>${label}</a>`;
    return html`<a class="button primary" href=${`#/runs/new?again=${run.id}`}>Run again</a>
        <a class="button" href=${`#/runs?compare=${run.id}`}>Compare</a>
        ${download('/result.csv', `run-${run.id}.csv`, 'CSV')}${download('/result.xml', `run-${run.id}.xml`, 'JUnit')}${download('', `run-${run.id}.json`, 'JSON')}
        <${AdminButton} type="button" class="danger" onClick=${() => setConfirming(true)}>Delete</${AdminButton}>
        ${confirming && html`<${Confirm} title="Delete this run?" verb="Delete" onConfirm=${remove} onClose=${() => setConfirming(false)}>
            <p>This deletes its results.</p></${Confirm}>`}`;
}
