import { count, millis } from './format.js';
import { valueAt } from './definition-fields.js';

/** The value of a described field as text; an empty one as a dash. */
export function valueText(field, value) {
    const { type, unit } = field;
    switch (type) {
        case 'boolean': return value ? 'Yes' : 'No';
        case 'map': return Object.entries(value ?? {}).map(([key, each]) => `${key}=${each}`).join(', ') || '–';
        case 'list': return value?.join(', ') || '–';
        case 'objects': return value?.map(each => each.id).join(', ') || '–';
        case 'kinds': return value ? Object.entries(value)
            .map(([key, each]) => (key === field.discriminator ? each : `${key} ${JSON.stringify(each)}`)).join(', ') : '–';
        case 'object': return value ? field.fields.filter(({ path }) => valueAt({ [field.path]: value }, path) != null)
            .map(each => `${each.title.toLowerCase()} ${valueText(each, valueAt({ [field.path]: value }, each.path))}`).join(', ') : '–';
        case 'number':
        case 'integer': return value == null ? '–' : withUnit(value, unit);
        default: return value || '–';
    }
}

/** A port or another number without a unit is not grouped by thousands. */
function withUnit(value, unit) {
    switch (unit) {
        case null: return String(value);
        case 'ms': return millis(value);
        default: return `${count(value)} ${unit}`;
    }
}
