import { html, useState } from '../parts/html.js';
import { call } from '../api.js';
import { millis } from '../format.js';
import { Confirm } from '../parts/dialog.js';
import { State } from '../parts/state.js';
import { Ago } from '../parts/time.js';
import { complain } from '../parts/toast.js';
import { Distribution } from './run/distribution.js';
import { Counters, Headline, Latencies } from './run/figures.js';
import { useRun } from './run/following.js';
import { targetText } from './run/request.js';
import { Series } from './run/series.js';
import { loadText, runPath, standing } from './run/words.js';

/** A run: how it gets on, and what it has found. */
export default ({ params: { id } }) => html`<${Run} key=${id} id=${id} />`;

function Run({ id }) {
    const { run, refusal, take } = useRun(id);
    if (refusal && !run) {
        return html`<div class="blank"><h1>${refusal.code === 'run-not-found' ? 'No such run' : 'This run cannot be shown'}</h1><p>${refusal.message}. <a href="#/runs">All runs</a></p></div>`;
    }
    if (!run) {
        return html`<p class="loading" role="status">Reading the run…</p>`;
    }
    const goesOn = run.state === 'running';
    const { result, request } = run;
    return html`<div class="page-head">
            <div class="title"><h1>Run to ${targetText(request.target)}</h1><${State} state=${standing(run)} /></div>
            <div class="actions">${goesOn ? html`<${Cancel} run=${run} onDone=${take} />` : html`<${AfterIt} run=${run} />`}</div>
        </div>
        <p class="muted lead">${loadText(request)} · started <${Ago} at=${run.startedAt} /></p>
        <${Standing} run=${run} />
        <${Headline} result=${result} />
        <${Series} series=${result?.series ?? []} seconds=${request.messages === null ? request.durationMs / 1000 : null} />
        ${result?.latency && !goesOn && html`<section class="card" aria-label="Latency distribution"><div class="card-head"><h2>Latency distribution</h2></div>
            <div class="spread"><${Distribution} runs=${[{ label: 'Latency', histogram: result.histogram }]} />
                <${Latencies} latency=${result.latency} thresholds=${request.thresholds} /></div></section>`}
        ${result && html`<section class="card" aria-label="Counters"><div class="card-head"><h2>Counters</h2></div><${Counters} result=${result} /></section>`}`;
}

/** Always of the same height, so that nothing moves when the run ends. */
function Standing({ run }) {
    if (run.state === 'running') {
        const warmsUp = run.progress === 0 && run.request.warmupMs > 0 && !run.result?.sent;
        return html`<div class="card standing"><label for="progress">${warmsUp ? `Warming up for ${millis(run.request.warmupMs)}`
            : `${Math.floor(100 * run.progress)} % done`}</label>
            <progress id="progress" max="1" value=${run.progress}></progress></div>`;
    }
    return html`<div class=${`card standing ${standing(run)}`} role="status"><p><strong>${SENTENCES[standing(run)]}</strong>
        ${run.detail && run.state !== 'cancelled' && html` <span class="reason">${run.detail}</span>`}</p></div>`;
}

const SENTENCES = {
    pass: 'Passed: everything that was asked for was kept.',
    fail: 'Failed:',
    inconclusive: 'Inconclusive:',
    cancelled: 'Inconclusive, since it was ended early.',
    failed: 'It could not be made:',
};

function Cancel({ run, onDone }) {
    const [cancelling, setCancelling] = useState(false);
    async function cancel() {
        setCancelling(true);
        try {
            onDone((await call('POST', runPath(run.id, '/cancel'), { summary: 'Cancelled the run' })).body);
        } catch (refusal) {
            complain(refusal.message);
            setCancelling(false);
        }
    }
    return html`<button type="button" class="danger" disabled=${cancelling} onClick=${cancel}>${cancelling ? 'Ending…' : 'Cancel'}</button>`;
}

function AfterIt({ run }) {
    const [asking, setAsking] = useState(false);
    async function remove() {
        setAsking(false);
        try {
            await call('DELETE', runPath(run.id), { summary: 'Deleted the run' });
            location.hash = '#/runs';
        } catch (refusal) {
            complain(refusal.message);
        }
    }
    const file = (rest, name, word) => html`<a class="button" href=${`api/v1/${runPath(run.id, rest)}`} download=${name}>${word}</a>`;
    return html`<a class="button primary" href=${`#/runs/new?again=${run.id}`}>Run again</a>
        <a class="button" href=${`#/runs?compare=${run.id}`}>Compare</a>
        ${file('/result.csv', `run-${run.id}.csv`, 'CSV')}${file('/result.xml', `run-${run.id}.xml`, 'JUnit')}${file('', `run-${run.id}.json`, 'JSON')}
        <button type="button" class="danger" onClick=${() => setAsking(true)}>Delete</button>
        ${asking && html`<${Confirm} title="Delete this run?" verb="Delete" onConfirm=${remove} onClose=${() => setAsking(false)}>
            <p>What it has found is forgotten.</p></${Confirm}>`}`;
}
