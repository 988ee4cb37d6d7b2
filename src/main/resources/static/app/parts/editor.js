import { html, useEffect, useState } from './html.js';
import { call, listenerPath } from '../api.js';
import { blank, FIELDS, toDefinition, toForm, toPatch } from '../definition.js';
import { refresh } from '../live.js';
import { Dialog } from './dialog.js';
import { control, Field, remainder } from './field.js';

/** Creates a listener, or with a name edits the one that has it. */
export function Editor({ name, onClose, onSaved }) {
    const [form, setForm] = useState(name ? null : blank());
    const [original, setOriginal] = useState(null);
    const [refusal, setRefusal] = useState(null);
    const [saving, setSaving] = useState(false);

    useEffect(() => {
        if (name) {
            call('GET', listenerPath(name)).then(({ body, etag }) => {
                setForm(toForm(body));
                setOriginal({ form: toForm(body), etag });
            }, setRefusal);
        }
    }, [name]);

    async function save(event) {
        event.preventDefault();
        setSaving(true);
        try {
            const { body } = await (name ? change() : create());
            refresh();
            onSaved?.(body);
            onClose();
        } catch (refused) {
            setRefusal(refused);
            setSaving(false);
            requestAnimationFrame(() => document.querySelector('dialog [aria-invalid], dialog .form-fault')?.focus());
        }
    }
    const create = () => call('POST', 'listeners', { body: toDefinition(form), summary: `Created ${form.name}` });
    const change = () => call('PATCH', listenerPath(name), {
        body: toPatch(original.form, form),
        headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': original.etag },
        summary: `Changed ${name}`,
    });

    return html`<${Dialog} title=${name ? `Edit ${name}` : 'New listener'} onClose=${onClose} wide>
        <form onSubmit=${save} novalidate>
            <div class="dialog-body">
                <${Fault} refusal=${refusal} />
                ${form ? html`<${Fields} form=${form} setForm=${setForm} refusal=${refusal} isNew=${!name} />`
                    : !refusal && html`<p class="loading">Reading the definition…</p>`}
            </div>
            <div class="dialog-foot">
                <button type="button" onClick=${onClose}>Cancel</button>
                <button class="primary" disabled=${saving || !form}>${saving ? 'Saving…' : name ? 'Save' : 'Create'}</button>
            </div>
        </form>
    </${Dialog}>`;
}

function Fault({ refusal }) {
    const text = refusal?.code === 'precondition-failed'
        ? 'Somebody has changed this listener since you opened it. Close this and open it again to see how it is now.'
        : remainder(refusal, FIELDS);
    return text && html`<p class="form-fault" role="alert" tabindex="-1">${text}</p>`;
}

function Fields({ form, setForm, refusal, isNew }) {
    const set = (name, value) => setForm({ ...form, [name]: value });
    const typed = name => event => set(name, event.target.value);
    const text = (name, label, hint, more = {}) => html`<${Field} name=${name} label=${label} hint=${hint} refusal=${refusal}>
        <input ...${control(name, refusal)} value=${form[name]} onInput=${typed(name)} autocomplete="off" spellcheck=${false} ...${more} /></${Field}>`;
    const number = (name, label, hint, fallback) => text(name, label, hint, { inputmode: 'numeric', placeholder: fallback });
    const area = (name, label, hint, placeholder) => html`<${Field} name=${name} label=${label} hint=${hint} refusal=${refusal}>
        <textarea ...${control(name, refusal)} rows="2" value=${form[name]} placeholder=${placeholder} onInput=${typed(name)} spellcheck=${false}></textarea></${Field}>`;
    const tick = (name, label, fallback = true) => html`<label class="check"><input type="checkbox" name=${name}
        checked=${form[name] === '' ? fallback : form[name]} onChange=${event => set(name, event.target.checked)} />${label}</label>`;

    return html`
        <div class="pair">
            ${text('name', 'Name', isNew ? 'a-z, 0-9 and -, 63 at most' : null, { disabled: !isNew, 'data-first': true })}
            <div class="field"><span class="field-label" id="protocol-label">Protocol</span>
                <div class="segments" role="radiogroup" aria-labelledby="protocol-label">${['tcp', 'udp'].map(protocol => html`
                    <label><input type="radio" name="protocol" disabled=${!isNew} checked=${form.protocol === protocol}
                        onChange=${() => set('protocol', protocol)} />${protocol.toUpperCase()}</label>`)}</div></div>
        </div>
        <div class="pair">
            ${text('host', 'Address', '0.0.0.0 is every IPv4 address, :: every IPv6 one', { placeholder: '127.0.0.1, unless configured' })}
            ${number('port', 'Port', '0: the system chooses one', '7010')}
        </div>
        ${text('description', 'Description', null)}
        <div class="pair">
            ${area('labels', 'Labels', 'key=value, one a line', 'team=net')}
            ${area('allowedSources', 'Allowed sources', 'Networks that may talk to it; empty: everyone', '10.0.0.0/8')}
        </div>
        ${tick('enabled', 'Open now and after each restart')}
        <details open=${isTouched(refusal)}><summary>Limits and timeouts</summary>
            <div class="limits">
                ${number('bufferBytes', form.protocol === 'tcp' ? 'Largest read (bytes)' : 'Largest datagram echoed (bytes)', null, '65536')}
                ${number('drainTimeoutMs', 'Drain timeout (ms)', null, '5000')}
                ${form.protocol === 'tcp' ? html`
                    ${number('tcp.backlog', 'Backlog', null, '1024')}
                    ${number('tcp.idleTimeoutMs', 'Idle timeout (ms)', '0: never', '300000')}
                    ${number('tcp.writeStallTimeoutMs', 'Write stall timeout (ms)', '0: never', '60000')}
                    ${number('tcp.maxConnections', 'Connections at most', '0: no limit', '10000')}
                    ${number('tcp.maxConnectionsPerSource', 'Connections per source', '0: no limit', '0')}
                    <div class="ticks">${tick('tcp.noDelay', 'No delay (TCP_NODELAY)')}${tick('tcp.keepAlive', 'Keep-alive', false)}</div>`
                : html`
                    ${number('udp.maxDatagramsPerSecondPerSource', 'Datagrams/s per source', '0: no limit', '0')}
                    <div class="ticks">${tick('udp.replyToEmpty', 'Answer empty datagrams')}${tick('udp.replyToReservedPorts', 'Answer reserved ports', false)}</div>`}
            </div>
        </details>`;
}

/** Whether a fault is in what is folded away. */
const isTouched = refusal => Boolean(refusal?.errors.some(({ field }) => /^(tcp|udp|bufferBytes|drainTimeoutMs)/.test(field)));
