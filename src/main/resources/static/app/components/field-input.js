import { html } from './html.js';
import { labelOf } from '../definition-fields.js';
import { count } from '../format.js';

const PLACEHOLDERS = { map: 'key=value, one per line', list: 'One per line', objects: 'JSON: [{…}, {…}]' };

/**
 * The input for a described field, or the inputs of all fields of an object.
 *
 * @param inputs the components made by fieldsOf
 * @param fixed whether the value cannot be changed
 * @param first whether the dialog focuses it first
 */
export function FieldInput({ field, inputs, fixed, first, error }) {
    const { path, type, values, required } = field;
    const hint = `${field.description}${rangeOf(field)}`;
    const attributes = { disabled: fixed, 'data-first': first };
    if (values) {
        return required && !path.includes('.')
            ? inputs.segments(path, field.title, values.map(value => [value, value.toUpperCase()]), fixed, hint)
            : inputs.select(path, field.title, hint, [['', emptyOption(field)], ...values.map(value => [value, value])]);
    }
    switch (type) {
        case 'object': return html`<${Group} field=${field} inputs=${inputs} error=${error} />`;
        case 'boolean': return inputs.checkbox(path, field.title, { hint, fallback: field.default === true, disabled: fixed });
        case 'objects': return html`<div class="whole-row">${inputs.area(path, field.title, hint,
            { ...attributes, class: 'mono', placeholder: PLACEHOLDERS[type] })}</div>`;
        case 'map':
        case 'list': return inputs.area(path, labelOf(field), hint, { ...attributes, rows: 2, placeholder: PLACEHOLDERS[type] });
        case 'number':
        case 'integer': return inputs.number(path, labelOf(field), hint, text(field.default), attributes);
        default: return inputs.text(path, labelOf(field), hint, { ...attributes, placeholder: text(field.default) });
    }
}

function Group({ field, inputs, error }) {
    const own = error?.errors.filter(each => each.field === field.path).map(({ message }) => message) ?? [];
    return html`<fieldset><legend>${field.title}</legend>
        <p class="hint">${field.description}</p>
        ${own.length > 0 && html`<p class="form-error" role="alert" tabindex="-1">${own.join('. ')}</p>`}
        <div class="definition-inputs">${field.fields.map(each => html`
            <${FieldInput} key=${each.path} field=${each} inputs=${inputs} error=${error} />`)}</div></fieldset>`;
}

/** A required field of an optional object is empty where the object is not there. */
const emptyOption = ({ required, default: value }) => (required ? 'None' : value ? `Default: ${value}` : 'Default');

const text = value => (value === null ? '' : String(value));

const rangeOf = ({ minimum, maximum }) => (minimum === null || maximum === null ? '' : ` Range: ${count(minimum)} to ${count(maximum)}.`);
