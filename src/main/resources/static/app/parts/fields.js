import { html } from './html.js';
import { control, Field } from './field.js';

/**
 * The fields of a form whose values are texts by the names of the API.
 *
 * @param form the values
 * @param set called with a name and its new value
 * @param refusal the Refusal of the last try, or null
 */
export function fieldsOf(form, set, refusal) {
    const typed = name => event => set(name, event.target.value);
    const field = (name, label, hint, inside) =>
        html`<${Field} name=${name} label=${label} hint=${hint} refusal=${refusal}>${inside}</${Field}>`;
    const text = (name, label, hint, more = {}) => field(name, label, hint, html`
        <input ...${control(name, refusal)} value=${form[name]} onInput=${typed(name)} autocomplete="off" spellcheck="false" ...${more} />`);
    return {
        text,
        number: (name, label, hint, fallback) => text(name, label, hint, { inputmode: 'decimal', placeholder: fallback }),
        area: (name, label, hint, more = {}) => field(name, label, hint, html`
            <textarea ...${control(name, refusal)} rows="4" value=${form[name]} onInput=${typed(name)} spellcheck="false" ...${more}></textarea>`),
        select: (name, label, hint, options) => field(name, label, hint, html`
            <select ...${control(name, refusal)} value=${form[name]} onChange=${typed(name)}>
                ${options.map(([value, word]) => html`<option key=${value} value=${value} selected=${value === form[name]}>${word}</option>`)}
            </select>`),
        segments: (name, label, options, disabled) => html`<${Segments} name=${name} label=${label} options=${options}
            value=${form[name]} onChange=${value => set(name, value)} disabled=${disabled} />`,
        /** Nothing yet, '', shows what happens unless it is said. */
        tick: (name, label, unsaid = false) => html`<label class="check"><input type="checkbox" name=${name}
            checked=${form[name] === '' ? unsaid : form[name]} onChange=${event => set(name, event.target.checked)} />${label}</label>`,
    };
}

/** A choice of few, all to be seen. */
export function Segments({ name, label, options, value, onChange, disabled = false, hideLabel = false }) {
    return html`<div class="field">
        <span class=${hideLabel ? 'hidden-text' : 'field-label'} id=${`label-${name}`}>${label}</span>
        <div class="segments" role="radiogroup" aria-labelledby=${`label-${name}`}>${options.map(([option, word]) => html`
            <label key=${option}><input type="radio" name=${name} disabled=${disabled} checked=${value === option} onChange=${() => onChange(option)} />${word}</label>`)}
        </div></div>`;
}

/** What was typed, for the API: nothing for the default, a number, or what is none as it is: the API says what is wrong with it. */
export function numberOf(typed) {
    const text = typed.trim();
    if (text === '') {
        return undefined;
    }
    return Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Leads to what is wrong, once it is shown. */
export const focusFault = (within = 'form') => requestAnimationFrame(() =>
    document.querySelector(`${within} [aria-invalid], ${within} .form-fault`)?.focus());
