import { html } from './html.js';
import { fieldsFor } from '../definition-fields.js';
import { Details } from './details.js';
import { errorsOf } from './field.js';
import { FieldInput } from './field-input.js';
import { fieldsOf } from './fields.js';
import { ObjectInput } from './object-input.js';

/** These identify a listener and cannot be changed. */
const FIXED = ['name', 'protocol'];

/** The inputs of a listener definition. */
export function DefinitionInputs({ fields, form, setForm, error, isNew }) {
    const set = (name, value) => setForm({ ...form, [name]: value });
    const inputs = fieldsOf(form, set, error);
    const shown = fieldsFor(fields, form.protocol);
    const isFixed = ({ path }) => !isNew && FIXED.includes(path);
    const first = shown.find(field => !isFixed(field));
    const input = field => (isObject(field)
        ? html`<${ObjectInput} key=${field.path} field=${field} protocol=${form.protocol} value=${form[field.path]}
            onChange=${value => set(field.path, value)} error=${error} />`
        : html`<${FieldInput} key=${field.path} field=${field} inputs=${inputs} fixed=${isFixed(field)} first=${field === first} error=${error} />`);
    const advanced = shown.filter(isAdvanced);
    return html`
        <div class="definition-inputs">${shown.filter(field => !isAdvanced(field)).map(input)}</div>
        ${advanced.length > 0 && html`
            <${Details} summary="Advanced settings" hasError=${advanced.some(({ path }) => errorsOf(path, error).length > 0)}>
                <div class="definition-inputs">${advanced.map(input)}</div></${Details}>`}`;
}

/** Optional limits and timeouts, the options of one protocol, and lists of objects. */
const isAdvanced = ({ type, required, protocol }) => protocol !== null || (['integer', 'objects'].includes(type) && !required);

const isObject = ({ type }) => type === 'kinds' || type === 'object';
