import { html } from './html.js';

/**
 * A labelled control with a hint and the validation errors that the API reported for its value.
 *
 * @param name the name of the field in the API, for example tcp.backlog
 * @param error the ApiError of the last attempt, or null
 * @param children the control; control(name, error) gives its id, name, aria-describedby and aria-invalid
 */
export function Field({ name, label, hint, error, children }) {
    return html`<div class=${errorsOf(name, error).length ? 'field invalid' : 'field'}>
        <label for=${idOf(name)}>${label}</label>
        ${children}
        <${Notes} name=${name} hint=${hint} error=${error} />
    </div>`;
}

/** The hint and the errors of a field. */
export function Notes({ name, hint, error }) {
    return html`${hint && html`<p class="hint" id=${`${idOf(name)}-hint`}>${hint}</p>`}
        <p class="field-error" id=${`${idOf(name)}-error`}>${errorsOf(name, error).join('. ')}</p>`;
}

/** The attributes that associate a control with its field. */
export const control = (name, error) => ({
    id: idOf(name),
    name,
    'aria-invalid': errorsOf(name, error).length ? 'true' : null,
    'aria-describedby': `${idOf(name)}-error ${idOf(name)}-hint`,
});

const idOf = name => `field-${name.replaceAll('.', '-')}`;

/** Problem codes that concern one field although the problem document does not name it. */
const FIELD_BY_CODE = {
    'listener-exists': 'name',
    'fault-exists': 'id',
    'port-in-use': 'port',
    'endpoint-taken': 'port',
    'port-not-allowed': 'port',
    'permission-denied': 'port',
    'address-unavailable': 'host',
    'address-not-allowed': 'host',
    'target-not-allowed': 'target',
};

/** Whether an error belongs to a field: errors in labels.team and allowedSources[0] belong to labels and allowedSources. */
const belongsTo = (field, name) => field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`);

/** The error messages for a field. */
export function errorsOf(name, error) {
    if (!error) {
        return [];
    }
    if (FIELD_BY_CODE[error.code] === name) {
        return [error.message];
    }
    return error.errors
        .filter(({ field }) => belongsTo(field, name))
        .map(({ field, message }) => (field === name ? message : `${field.slice(name.length).replace(/^\./, '')} ${message}`));
}

/** The error messages that no field of the form shows, as one text, or null. */
export function unassignedErrors(error, names) {
    if (!error) {
        return null;
    }
    if (error.errors.length === 0) {
        return names.includes(FIELD_BY_CODE[error.code]) ? null : error.message;
    }
    const rest = error.errors.filter(({ field }) => !names.some(name => belongsTo(field, name)));
    return rest.length ? rest.map(({ field, message }) => `${field} ${message}`).join('. ') : null;
}
