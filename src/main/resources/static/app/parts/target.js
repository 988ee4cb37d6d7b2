import { html } from './html.js';
import { endpoint } from '../format.js';
import { numberOf } from './fields.js';

/** The values of a target in a form, and its fields. */
export const NO_TARGET = { to: 'listener', 'target.listener': '', 'target.protocol': 'tcp', 'target.host': '', 'target.port': '' };
export const TARGET_FIELDS = Object.keys(NO_TARGET);

/**
 * Where something is to go: a running listener of Canyon's, or an address.
 *
 * @param fields what fieldsOf gave for the form
 * @param listeners the running ones, or null while they are not known
 */
export function Target({ form, fields, listeners }) {
    return html`<fieldset class="target"><legend class="hidden-text">Target</legend>
        ${fields.segments('to', 'To', [['listener', 'A listener'], ['address', 'An address']])}
        ${form.to === 'listener'
            ? fields.select('target.listener', 'Listener', listeners?.length === 0 ? html`None is running. <a href="#/">All listeners</a>` : null,
                choices(listeners, form['target.listener']))
            : html`<div class="target-address">
                ${fields.select('target.protocol', 'Protocol', null, [['tcp', 'TCP'], ['udp', 'UDP']])}
                ${fields.text('target.host', 'Host', null, { placeholder: '127.0.0.1' })}
                ${fields.number('target.port', 'Port', null, '7007')}
            </div>`}
    </fieldset>`;
}

/** The chosen one stays a choice where it does not run any more: the API tells so. */
function choices(listeners, chosen) {
    if (!listeners) {
        return [[chosen, chosen || 'Reading the listeners…']];
    }
    const running = listeners.map(({ name, protocol, status }) =>
        [name, `${name} · ${protocol} ${endpoint(status.address, status.port)}`]);
    const isThere = chosen === '' || running.some(([name]) => name === chosen);
    return [['', 'Choose one'], ...running, ...(isThere ? [] : [[chosen, `${chosen} · not running`]])];
}

/** The target of a form as the API has it. */
export function targetOf(form) {
    return form.to === 'listener'
        ? { listener: form['target.listener'] }
        : { protocol: form['target.protocol'], host: form['target.host'].trim() || undefined, port: numberOf(form['target.port']) };
}

/** What the API would say of a form without a target less plainly, or null. */
export const missingTarget = form => (form.to === 'listener' && form['target.listener'] === ''
    ? { code: 'invalid-request', errors: [{ field: 'target.listener', message: 'is required: choose one' }] } : null);

/** The protocol of what a form aims at, or undefined where that is not known. */
export const protocolOf = (form, listeners) => (form.to === 'address' ? form['target.protocol']
    : listeners?.find(({ name }) => name === form['target.listener'])?.protocol);
