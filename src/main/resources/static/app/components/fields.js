import { html } from './html.js';
import { control, Field, Notes } from './field.js';

/**
 * Input components for a form whose values are stored by their names in the API.
 *
 * @param form the values
 * @param set called with a name and its new value
 * @param error the ApiError of the last attempt, or null
 */
export function fieldsOf(form, set, error) {
    const onInput = name => event => set(name, event.target.value);
    const field = (name, label, hint, input) =>
        html`<${Field} name=${name} label=${label} hint=${hint} error=${error}>${input}</${Field}>`;
    const text = (name, label, hint, attributes = {}) => field(name, label, hint, html`
        <input ...${control(name, error)} value=${form[name]} onInput=${onInput(name)} autocomplete="off" spellcheck="false" ...${attributes} />`);
    return {
        text,
        number: (name, label, hint, placeholder, attributes = {}) => text(name, label, hint, { inputmode: 'decimal', placeholder, ...attributes }),
        area: (name, label, hint, attributes = {}) => field(name, label, hint, html`
            <textarea ...${control(name, error)} rows="4" value=${form[name]} onInput=${onInput(name)} spellcheck="false" ...${attributes}></textarea>`),
        select: (name, label, hint, options) => field(name, label, hint, html`
            <select ...${control(name, error)} value=${form[name]} onChange=${onInput(name)}>
                ${options.map(([value, word]) => html`<option key=${value} value=${value} selected=${value === form[name]}>${word}</option>`)}
            </select>`),
        segments: (name, label, options, disabled, hint) => html`<${Segments} name=${name} label=${label} options=${options}
            value=${form[name]} onChange=${value => set(name, value)} disabled=${disabled} hint=${hint} error=${error} />`,
        /** @param fallback what an empty value stands for */
        checkbox: (name, label, { hint, fallback = false, disabled = false } = {}) => html`<div class="field">
            <label class="check"><input type="checkbox" ...${control(name, error)} disabled=${disabled}
                checked=${form[name] === '' ? fallback : form[name]} onChange=${event => set(name, event.target.checked)} />${label}</label>
            <${Notes} name=${name} hint=${hint} error=${error} /></div>`,
    };
}

/** A segmented control. */
export function Segments({ name, label, options, value, onChange, disabled = false, hideLabel = false, hint, error }) {
    return html`<div class="field">
        <span class=${hideLabel ? 'hidden-text' : 'field-label'} id=${`label-${name}`}>${label}</span>
        <div class="segments" role="radiogroup" aria-labelledby=${`label-${name}`}
            aria-describedby=${hint ? control(name, error)['aria-describedby'] : null}>${options.map(([option, word]) => html`
            <label key=${option}><input type="radio" name=${name} disabled=${disabled} checked=${value === option} onChange=${() => onChange(option)} />${word}</label>`)}
        </div>
        ${hint && html`<${Notes} name=${name} hint=${hint} error=${error} />`}</div>`;
}

/** The value to send: undefined for an empty input, a number, or text that is not a number, which the API rejects with a reason. */
export function numberOf(input) {
    const text = input.trim();
    if (text === '') {
        return undefined;
    }
    return Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Focuses the first invalid control, or the form error, once it is rendered. */
export const focusFirstError = (within = 'form') => requestAnimationFrame(() =>
    document.querySelector(`${within} [aria-invalid], ${within} .form-error`)?.focus());
