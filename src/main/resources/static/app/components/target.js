import { html } from './html.js';
import { endpoint } from '../format.js';
import { numberOf } from './fields.js';

/** The form values of an empty target. */
export const NO_TARGET = { to: 'listener', 'target.listener': '', 'target.protocol': 'tcp', 'target.host': '', 'target.port': '' };
export const TARGET_FIELDS = Object.keys(NO_TARGET);

/**
 * The inputs of a target: a running listener or an address.
 *
 * @param fields the result of fieldsOf for the form
 * @param listeners the running listeners, or null while loading
 */
export function Target({ form, fields, listeners }) {
    return html`<fieldset class="target"><legend class="hidden-text">Target</legend>
        ${fields.segments('to', 'Target', [['listener', 'Listener'], ['address', 'Address']])}
        ${form.to === 'listener'
            ? fields.select('target.listener', 'Listener', listeners?.length === 0 ? html`No listener is running. <a href="#/">All listeners</a>` : null,
                choices(listeners, form['target.listener']))
            : html`<div class="target-address">
                ${fields.select('target.protocol', 'Protocol', null, [['tcp', 'TCP'], ['udp', 'UDP']])}
                ${fields.text('target.host', 'Host', null, { placeholder: '127.0.0.1' })}
                ${fields.number('target.port', 'Port', null, '7007')}
            </div>`}
    </fieldset>`;
}

/** A selected listener that is no longer running remains an option: the API reports its state. */
function choices(listeners, selected) {
    if (!listeners) {
        return [[selected, selected || 'Loading listeners…']];
    }
    const running = listeners.map(({ name, protocol, status }) =>
        [name, `${name} · ${protocol} ${endpoint(status.address, status.port)}`]);
    const isListed = selected === '' || running.some(([name]) => name === selected);
    return [['', 'Select a listener'], ...running, ...(isListed ? [] : [[selected, `${selected} · not running`]])];
}

/** The target of a form as sent to the API. */
export function targetOf(form) {
    return form.to === 'listener'
        ? { listener: form['target.listener'] }
        : { protocol: form['target.protocol'], host: form['target.host'].trim() || undefined, port: numberOf(form['target.port']) };
}

/** An error for a form without a target, clearer than that of the API, or null. */
export const missingTarget = form => (form.to === 'listener' && form['target.listener'] === ''
    ? { code: 'invalid-request', errors: [{ field: 'target.listener', message: 'is required' }] } : null);

/** The protocol of the target of a form, or undefined if unknown. */
export const protocolOf = (form, listeners) => (form.to === 'address' ? form['target.protocol']
    : listeners?.find(({ name }) => name === form['target.listener'])?.protocol);
