import { useMemo } from './components/html.js';
import { useFaultFields } from './definition-fields.js';

/** The lifetimes to choose from, in milliseconds: [[value, label]]. */
export const LIFETIMES = [
    ['60000', '1 minute'], ['600000', '10 minutes'], ['3600000', '1 hour'], ['86400000', '1 day'], ['0', 'Until removed'],
];
export const DEFAULT_LIFETIME = '600000';

/**
 * Returns {types, error}, both null until they are loaded. Each type of fault that a protocol can have is {name, text, own, common,
 * example}: own are the fields of the type, common those that it shares with others, example values of its own fields.
 */
export function useFaultTypes(protocol) {
    const { faults, error } = useFaultFields();
    const types = useMemo(() => faults && faults.types.filter(({ protocols }) => protocols.includes(protocol)).map(type => ({
        name: type.name,
        text: type.text,
        own: type.fields,
        common: faults.common.filter(({ path }) => type.common.includes(path)),
        example: type.example,
    })), [faults, protocol]);
    return { types, error };
}

/** The fields that have a value themselves: those of an object instead of the object. */
export const inputsOf = ({ own, common }) => [...own, ...common].flatMap(field => field.fields ?? [field]);
