import { html } from '../../components/html.js';
import { ADMIN_ONLY, useIsAdmin } from '../../access.js';
import { AdminButton } from '../../components/admin-button.js';
import { unassignedErrors } from '../../components/field.js';
import { fieldsOf } from '../../components/fields.js';
import { protocolOf, Target } from '../../components/target.js';
import { ProxyHeaderInputs } from '../../components/proxy-header-input.js';
import { TlsInputs } from '../../components/tls-input.js';
import { FIELDS } from './request.js';

/** The form of a run. */
export function RunForm({ form, setForm, listeners, error, starting, onStart }) {
    const fields = fieldsOf(form, (name, value) => setForm({ ...form, [name]: value }), error);
    const { number } = fields;
    const isAdmin = useIsAdmin();
    const otherErrors = unassignedErrors(error, FIELDS);
    const start = event => {
        event.preventDefault();
        onStart();
    };
    return html`<form class="stack run-form" onSubmit=${start} novalidate aria-label="Run">
        <div class="card"><${Target} form=${form} fields=${fields} listeners=${listeners} /></div>
        <fieldset class="card"><legend>Load</legend><div class="inputs">
            ${number('connections', 'Connections', 'UDP: number of sockets', '10')}
            ${number('messageBytes', 'Message size (bytes)', 'UDP: at least 16', '64')}
            ${number('ratePerSecond', 'Rate (messages/s)', 'Total over all connections; empty: unlimited', 'unlimited')}
            ${number('pipeline', 'Pipeline depth', 'Outstanding messages per connection; with a rate, 0 means no limit', form.ratePerSecond ? '0' : '1')}
        </div></fieldset>
        <fieldset class="card"><legend>Duration</legend><div class="inputs">
            ${number('durationMs', 'Duration (ms)', null, form.messages ? 'until all messages are sent' : '10000')}
            ${number('messages', 'Maximum messages', 'Empty: no limit', 'no limit')}
            ${number('warmupMs', 'Warm-up (ms)', 'Not included in the results', '0')}
            ${number('timeoutMs', 'Response timeout (ms)', 'Messages without a response are lost', '2000')}
        </div></fieldset>
        ${protocolOf(form, listeners) !== 'udp' && html`<fieldset class="card"><legend>Connections</legend><div class="inputs">
            <${ProxyHeaderInputs} form=${form} fields=${fields} />
            <${TlsInputs} form=${form} fields=${fields} /></div></fieldset>`}
        <fieldset class="card"><legend>Thresholds</legend>
            <p class="hint">A run also fails on corrupted responses and connection errors.</p>
            <div class="inputs">
            ${number('thresholds.p50Micros', 'Maximum p50 (µs)', null, 'none')}
            ${number('thresholds.p90Micros', 'Maximum p90 (µs)', null, 'none')}
            ${number('thresholds.p99Micros', 'Maximum p99 (µs)', null, 'none')}
            ${number('thresholds.p999Micros', 'Maximum p99.9 (µs)', null, 'none')}
            ${number('thresholds.maxMicros', 'Maximum latency (µs)', null, 'none')}
            ${number('thresholds.messagesPerSecond', 'Minimum responses/s', null, 'none')}
            ${number('thresholds.lossRatio', 'Maximum loss ratio (0 to 1)', '0.01: 1 %', '0')}
        </div></fieldset>
        ${otherErrors && html`<p class="form-error" role="alert" tabindex="-1">${otherErrors}</p>`}
        <div class="form-end"><${AdminButton} class="primary" disabled=${starting}>${starting ? 'Starting…' : 'Start'}</${AdminButton}>
            <a class="button" href="#/runs">Cancel</a>${!isAdmin && html` <span class="hint">${ADMIN_ONLY}</span>`}</div>
    </form>`;
}
