import { html } from './html.js';
import { toBody, toForm } from '../definition-form.js';
import { FieldInput } from './field-input.js';
import { fieldsOf } from './fields.js';

/**
 * The inputs of an object that is one field of a definition, whose kind a select chooses if it has several.
 *
 * @param protocol whose kinds can be chosen
 * @param value the object as JSON, empty for the default
 * @param onChange called with the new value
 * @param error the ApiError of the last attempt, or null
 */
export function ObjectInput({ field, protocol, value, onChange, error }) {
    const { path, title, description, discriminator } = field;
    const object = value === '' ? {} : JSON.parse(value);
    const kinds = field.kinds?.filter(({ protocols }) => protocols.includes(protocol)) ?? [];
    const kind = kinds.find(({ name }) => name === object[discriminator]);
    const own = kind?.fields ?? field.fields ?? [];
    const selected = `${path}.${discriminator}`;
    const form = { ...toForm(own, { [path]: object }), [selected]: kind?.name ?? '' };

    const set = (name, text) => {
        if (name === selected) {
            onChange(text === '' ? '' : JSON.stringify(kinds.find(each => each.name === text).example));
            return;
        }
        const changed = { ...(kind && { [discriminator]: kind.name }), ...toBody(own, { ...form, [name]: text })[path] };
        onChange(Object.keys(changed).length > 0 ? JSON.stringify(changed) : '');
    };
    const inputs = fieldsOf(form, set, error);
    const input = each => (each.type === 'string' && !each.values
        // Of several lines: an input would drop the ends of lines.
        ? inputs.area(each.path, each.title, each.description, { rows: 2, class: 'mono' })
        : html`<${FieldInput} key=${each.path} field=${each} inputs=${inputs} error=${error} />`);

    return html`<fieldset class="whole-row"><legend>${title}</legend>
        <p class="hint">${kind?.text ?? description}</p>
        <div class="definition-inputs">
            ${kinds.length > 0 && inputs.select(selected, title, description, [
                ['', `Default: ${field.default[discriminator]}`], ...kinds.map(({ name }) => [name, name])])}
            ${own.map(input)}
        </div></fieldset>`;
}
