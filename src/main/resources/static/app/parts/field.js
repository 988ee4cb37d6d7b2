import { html } from './html.js';

/**
 * A labelled control with a hint and, beside it, what the API has against its value.
 *
 * @param name the field's name in the API, for example tcp.backlog
 * @param refusal the Refusal of the last try, or null
 * @param children the control; it gets id, name, aria-describedby and aria-invalid from control(name, refusal)
 */
export function Field({ name, label, hint, refusal, children }) {
    const faults = faultsOf(name, refusal);
    return html`<div class=${faults.length ? 'field faulty' : 'field'}>
        <label for=${idOf(name)}>${label}</label>
        ${children}
        ${hint && html`<p class="hint" id=${`${idOf(name)}-hint`}>${hint}</p>`}
        <p class="fault" id=${`${idOf(name)}-fault`}>${faults.join('. ')}</p>
    </div>`;
}

/** The attributes that tie a control to its field. */
export const control = (name, refusal) => ({
    id: idOf(name),
    name,
    'aria-invalid': faultsOf(name, refusal).length ? 'true' : null,
    'aria-describedby': `${idOf(name)}-fault ${idOf(name)}-hint`,
});

const idOf = name => `field-${name.replaceAll('.', '-')}`;

/** Refusals that are about one field without naming it. */
const FIELD_OF = {
    'listener-exists': 'name',
    'port-in-use': 'port',
    'endpoint-taken': 'port',
    'port-not-allowed': 'port',
    'permission-denied': 'port',
    'address-unavailable': 'host',
    'address-not-allowed': 'host',
    'target-not-allowed': 'target',
};

/** What is wrong with a field, or with something in it: labels.team and allowedSources[0] are in labels and allowedSources. */
export function faultsOf(name, refusal) {
    if (!refusal) {
        return [];
    }
    if (FIELD_OF[refusal.code] === name) {
        return [refusal.message];
    }
    return refusal.errors
        .filter(({ field }) => field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`))
        .map(({ field, message }) => (field === name ? message : `${field.slice(name.length).replace(/^\./, '')} ${message}`));
}

/** What no field of the form shows, as one text, or null. */
export function remainder(refusal, names) {
    if (!refusal) {
        return null;
    }
    if (refusal.errors.length === 0) {
        return names.includes(FIELD_OF[refusal.code]) ? null : refusal.message;
    }
    const rest = refusal.errors.filter(({ field }) =>
        !names.some(name => field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`)));
    return rest.length ? rest.map(({ field, message }) => `${field} ${message}`).join('. ') : null;
}
