import { html, useEffect, useLayoutEffect, useState } from './html.js';
import { call, listenerPath } from '../api.js';
import { useDefinitionFields } from '../definition-fields.js';
import { blank, changed, toDefinition, toForm, toPatch } from '../definition-form.js';
import { refresh } from '../live.js';
import { DefinitionInputs } from './definition-inputs.js';
import { Dialog } from './dialog.js';
import { unassignedErrors } from './field.js';
import { focusFirstError } from './fields.js';

/** Creates a listener, or edits the one with the given name. */
export function Editor({ name, onClose, onSaved }) {
    const { fields, error: loadError } = useDefinitionFields();
    const [form, setForm] = useState(null);
    const [original, setOriginal] = useState(null);
    const [error, setError] = useState(null);
    const [saving, setSaving] = useState(false);

    useEffect(() => {
        if (!fields) {
            return;
        }
        if (name) {
            call('GET', listenerPath(name)).then(({ body, etag }) => {
                setForm(toForm(fields, body));
                setOriginal({ form: toForm(fields, body), etag, running: body.status.state === 'running' });
            }, setError);
        } else {
            setForm(blank(fields));
        }
    }, [name, fields]);

    const isShown = form !== null;
    // Before the form is painted: moving the focus later could redirect the user's input.
    useLayoutEffect(() => {
        if (isShown) {
            document.querySelector('dialog [data-first]')?.focus();
        }
    }, [isShown]);

    async function save(event) {
        event.preventDefault();
        setSaving(true);
        try {
            const { body } = await (name ? change() : create());
            refresh();
            onSaved?.(body);
            onClose();
        } catch (failure) {
            setError(failure);
            setSaving(false);
            focusFirstError('dialog');
        }
    }
    const create = () => call('POST', 'listeners', { body: toDefinition(fields, form), summary: `Created ${form.name}` });
    const change = () => call('PATCH', listenerPath(name), {
        body: toPatch(fields, original.form, form),
        headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': original.etag },
        summary: `Updated ${name}`,
    });

    return html`<${Dialog} title=${name ? `Edit ${name}` : 'New listener'} onClose=${onClose} wide>
        <form onSubmit=${save} novalidate>
            <div class="dialog-body">
                <${FormError} text=${loadError ?? textOf(error, fields)} />
                ${isShown ? html`<${DefinitionInputs} fields=${fields} form=${form} setForm=${setForm} error=${error} isNew=${!name} />`
                    : !error && !loadError && html`<p class="loading">Loading the definition…</p>`}
            </div>
            <div class="dialog-foot">
                ${original?.running && html`<${SocketNote} fields=${changed(fields, original.form, form).filter(({ changesSocket }) => changesSocket)} />`}
                <button type="button" onClick=${onClose}>Cancel</button>
                <button class="primary" disabled=${saving || !isShown}>${saving ? 'Saving…' : name ? 'Save' : 'Create'}</button>
            </div>
        </form>
    </${Dialog}>`;
}

const textOf = (error, fields) => (error?.code === 'precondition-failed'
    ? 'This listener was changed since you opened the editor. Close the editor and open it again to load the current definition.'
    : unassignedErrors(error, fields?.map(({ path }) => path) ?? []));

const FormError = ({ text }) => text && html`<p class="form-error" role="alert" tabindex="-1">${text}</p>`;

/** Which changes replace the socket. */
const SocketNote = ({ fields }) => html`<p class="hint socket-note" role="status">${fields.length > 0
    && `${fields.map(({ title }) => title).join(', ')}: saving replaces the listening socket and drains open connections.`}</p>`;
