import { jsonFile } from './json-file.js';

/**
 * The fields of a listener definition in display order: the form, the listener view and the requests follow from them alone.
 *
 * {path, type, unit, minimum, maximum, default, nullable, required, protocol, title, description, changesSocket, values}: path is
 * the name in the API, for example tcp.backlog; type is integer, number, boolean, string, map (string to string), list (of strings),
 * objects (a list of objects, edited as JSON), object (with its own fields) or kinds (an object of one of the kinds {name, text,
 * protocols, fields, example}, which its field named by discriminator tells apart); protocol is tcp or udp for a field of that protocol only, else null; values are the allowed strings, if any; changesSocket
 * means that a change replaces the listening socket.
 */
const useDescription = jsonFile('app/definition.json', 'the definition fields');

/** Returns {fields, error}, both null until the fields are loaded. */
export function useDefinitionFields() {
    const { value, error } = useDescription();
    return { fields: value?.fields ?? null, error };
}

/** Returns {faults, error}: the fields of faults, both null until they are loaded. */
export function useFaultFields() {
    const { value, error } = useDescription();
    return { faults: value?.faults ?? null, error };
}

/** The fields that a listener with this protocol has. */
export const fieldsFor = (fields, protocol) => fields.filter(field => field.protocol === null || field.protocol === protocol);

/** The value at a path such as tcp.backlog, or undefined. */
export const valueAt = (definition, path) => path.split('.').reduce((value, key) => value?.[key], definition);

/** The title with the unit: "Idle timeout (ms)". */
export const labelOf = ({ title, unit }) => (unit ? `${title} (${unit})` : title);
