import { html } from '../../parts/html.js';
import { remainder } from '../../parts/field.js';
import { fieldsOf } from '../../parts/fields.js';
import { Target } from '../../parts/target.js';
import { FIELDS } from './request.js';

/** The form of a run. */
export function RunForm({ form, setForm, listeners, refusal, starting, onStart }) {
    const fields = fieldsOf(form, (name, value) => setForm({ ...form, [name]: value }), refusal);
    const { number } = fields;
    const rest = remainder(refusal, FIELDS);
    const start = event => {
        event.preventDefault();
        onStart();
    };
    return html`<form class="stack run-form" onSubmit=${start} novalidate aria-label="Run">
        <div class="card"><${Target} form=${form} fields=${fields} listeners=${listeners} /></div>
        <fieldset class="card"><legend>Load</legend><div class="inputs">
            ${number('connections', 'Connections', 'UDP: flows', '10')}
            ${number('messageBytes', 'Message size (bytes)', 'UDP: 16 or more', '64')}
            ${number('ratePerSecond', 'Messages a second', 'Over all connections; empty: as fast as it goes', 'as fast as it goes')}
            ${number('pipeline', 'Unanswered at most', 'On one connection; 0 at a fixed rate: no limit', form.ratePerSecond ? '0' : '1')}
        </div></fieldset>
        <fieldset class="card"><legend>How long</legend><div class="inputs">
            ${number('durationMs', 'Duration (ms)', null, form.messages ? 'until all are sent' : '10000')}
            ${number('messages', 'Messages at most', 'Empty: no limit', 'no limit')}
            ${number('warmupMs', 'Warm-up before (ms)', 'The same, unmeasured', '0')}
            ${number('timeoutMs', 'Lost after (ms)', 'Without an answer', '2000')}
        </div></fieldset>
        <fieldset class="card"><legend>To pass</legend>
            <p class="hint">Every byte that comes back has to be right, and every connection has to hold, in any case. Empty is not asked for.</p>
            <div class="inputs">
            ${number('thresholds.p50Micros', 'p50 at most (µs)', null, 'any')}
            ${number('thresholds.p90Micros', 'p90 at most (µs)', null, 'any')}
            ${number('thresholds.p99Micros', 'p99 at most (µs)', null, 'any')}
            ${number('thresholds.p999Micros', 'p99.9 at most (µs)', null, 'any')}
            ${number('thresholds.maxMicros', 'Longest at most (µs)', null, 'any')}
            ${number('thresholds.messagesPerSecond', 'Answers a second at least', null, 'any')}
            ${number('thresholds.lossRatio', 'Lost at most (0 to 1)', '0.01 is one in a hundred', '0')}
        </div></fieldset>
        ${rest && html`<p class="form-fault" role="alert" tabindex="-1">${rest}</p>`}
        <div class="form-end"><button class="primary" disabled=${starting}>${starting ? 'Starting…' : 'Start'}</button>
            <a class="button" href="#/runs">Back</a></div>
    </form>`;
}
