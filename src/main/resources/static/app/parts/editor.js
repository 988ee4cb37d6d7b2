import { html, useEffect, useState } from './html.js';
import { call, listenerPath } from '../api.js';
import { blank, FIELDS, toDefinition, toForm, toPatch } from '../definition.js';
import { refresh } from '../live.js';
import { Dialog } from './dialog.js';
import { DefinitionFields } from './definition-fields.js';
import { focusFault } from './fields.js';
import { remainder } from './field.js';

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
            focusFault('dialog');
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
                ${form ? html`<${DefinitionFields} form=${form} setForm=${setForm} refusal=${refusal} isNew=${!name} />`
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
