import { AdminButton } from '../../components/admin-button.js';
import { html, useEffect, useLayoutEffect, useState } from '../../components/html.js';
import { call, listenerPath } from '../../api.js';
import { toBody, toForm } from '../../definition-form.js';
import { DEFAULT_LIFETIME, inputsOf, LIFETIMES, useFaultTypes } from '../../fault-fields.js';
import { Details } from '../../components/details.js';
import { Dialog } from '../../components/dialog.js';
import { errorsOf, unassignedErrors } from '../../components/field.js';
import { FieldInput } from '../../components/field-input.js';
import { fieldsOf, focusFirstError } from '../../components/fields.js';

/** Adds a temporary fault to a listener, or changes the given one. */
export function FaultEditor({ view, fault, onClose, onSaved }) {
    const { types, error: loadError } = useFaultTypes(view.protocol);
    const [form, setForm] = useState(null);
    const [error, setError] = useState(null);
    const [saving, setSaving] = useState(false);
    useEffect(() => {
        if (types) {
            setForm(fault ? changed(types, fault) : chosen(types[0], {}));
        }
    }, [types]);
    const isShown = form !== null;
    // Before the form is painted: moving the focus later could redirect the user's input.
    useLayoutEffect(() => {
        if (isShown) {
            document.getElementById('field-type').focus();
        }
    }, [isShown]);

    async function save(event) {
        event.preventDefault();
        setSaving(true);
        try {
            const body = { type: form.type, ...toBody(inputsOf(typeOf(types, form)), form), ttlMs: Number(form.ttlMs) };
            await (fault
                ? call('PUT', listenerPath(view.name, `/faults/${fault.id}`), { body, summary: `Changed fault ${fault.id} of ${view.name}` })
                : call('POST', listenerPath(view.name, '/faults'), { body, summary: `Added fault ${body.id ?? body.type} to ${view.name}` }));
            onSaved();
            onClose();
        } catch (failure) {
            setError(failure);
            setSaving(false);
            focusFirstError('dialog');
        }
    }
    const set = (name, value) => {
        setError(null);
        setForm(name === 'type' ? chosen(types.find(each => each.name === value), form) : { ...form, [name]: value });
    };

    return html`<${Dialog} title=${fault ? `Edit fault ${fault.id}` : `Add a fault to ${view.name}`} onClose=${onClose} wide>
        <form onSubmit=${save} novalidate>
            <div class="dialog-body">
                <${FormError} text=${loadError ?? (isShown ? otherErrors(error, typeOf(types, form)) : null)} />
                ${isShown ? html`<${Inputs} type=${typeOf(types, form)} types=${types} inputs=${fieldsOf(form, set, error)} error=${error} isNew=${!fault} />`
                    : !loadError && html`<p class="loading">Loading the types of faults…</p>`}
            </div>
            <div class="dialog-foot">
                <button type="button" onClick=${onClose}>Cancel</button>
                <${AdminButton} class="primary" disabled=${saving || !isShown}>${saving ? 'Saving…' : fault ? 'Save' : 'Add'}</${AdminButton}>
            </div>
        </form>
    </${Dialog}>`;
}

function Inputs({ type, types, inputs, error, isNew }) {
    const input = field => html`<${FieldInput} key=${`${type.name} ${field.path}`} field=${field} inputs=${inputs} fixed=${!isNew && field.path === 'id'} error=${error} />`;
    return html`
        <div class="definition-inputs">
            ${inputs.select('type', 'Type', type.text, types.map(({ name }) => [name, name]))}
            ${inputs.select('ttlMs', 'Lifetime', isNew ? 'The fault removes itself afterwards.' : 'Starts anew when you save.', LIFETIMES)}
            ${type.own.map(input)}
        </div>
        <${Details} summary="What it is applied to, and when" hasError=${type.common.some(({ path }) => errorsOf(path, error).length > 0)}>
            <div class="definition-inputs">${type.common.map(input)}</div></${Details}>`;
}

const FormError = ({ text }) => text && html`<p class="form-error" role="alert" tabindex="-1">${text}</p>`;

const otherErrors = (error, type) => unassignedErrors(error, ['type', 'ttlMs', ...[...type.own, ...type.common].map(({ path }) => path)]);

const typeOf = (types, form) => types.find(({ name }) => name === form.type);

/** The form of a fault in force. */
const changed = (types, fault) => ({
    ...toForm(inputsOf(typeOf(types, fault)), fault),
    type: fault.type,
    ttlMs: fault.remainingMs === null ? '0' : DEFAULT_LIFETIME,
});

/** The form after a choice of the type: common fields keep their values, those of the type have the example's. */
const chosen = (type, form) => ({
    ttlMs: DEFAULT_LIFETIME,
    ...form,
    ...toForm(type.own, type.example),
    ...Object.fromEntries(inputsOf({ own: [], common: type.common }).map(({ path }) => [path, form[path] ?? ''])),
    type: type.name,
});
