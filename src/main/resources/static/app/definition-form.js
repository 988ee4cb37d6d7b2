import { fieldsFor, valueAt } from './definition-fields.js';

// Converts between a definition and the values of its form: booleans for check boxes, JSON for objects, text for all other fields.
// An empty value stands for the default.

/** An object without default: it is left out as a whole where the field that it needs is empty. */
const NEEDED = { tls: 'tls.bundle', proxyProtocol: 'proxyProtocol.mode' };

/** The values of an empty form. */
export const blank = fields => Object.fromEntries(fields.map(({ path, values }) => [path,
    Object.values(NEEDED).includes(path) ? '' : values?.[0] ?? '']));

/** The form values of a definition. */
export const toForm = (fields, definition) => Object.fromEntries(
    fields.map(({ path, type }) => [path, FORMATTERS[type]?.(valueAt(definition, path)) ?? text(valueAt(definition, path))]));

/** The request body that creates the listener described by the form. */
export const toDefinition = (fields, form) => toBody(fieldsFor(fields, form.protocol), form);

const objectOf = path => path.split('.')[0];

const isLeftOut = (path, form) => objectOf(path) in NEEDED && form[NEEDED[objectOf(path)]] === '';

/** An object with the values that the form has for these fields. */
export function toBody(fields, form) {
    const body = {};
    for (const { path, type } of fields) {
        if (form[path] !== '' && !isLeftOut(path, form)) {
            put(body, path, parse(type, form[path]));
        }
    }
    return body;
}

/** The merge patch (RFC 7396) that turns one form into the other. */
export function toPatch(fields, from, to) {
    const patch = {};
    for (const { path, type } of changed(fields, from, to)) {
        if (isLeftOut(path, to)) {
            if (!isLeftOut(path, from)) {
                patch[objectOf(path)] = null;
            }
            continue;
        }
        // Null restores the default.
        put(patch, path, PATCHES[type]?.(from[path], to[path]) ?? (to[path] === '' ? null : parse(type, to[path])));
    }
    return patch;
}

/** The fields whose values differ between two forms, those of an added object that have a value included. */
export const changed = (fields, from, to) => fields.filter(({ path }) => from[path] !== to[path]
    || (to[path] !== '' && isLeftOut(path, from) && !isLeftOut(path, to)));

const text = value => (value == null ? '' : String(value));

const FORMATTERS = {
    boolean: value => value ?? '',
    map: value => Object.entries(value ?? {}).map(([key, each]) => `${key}=${each}`).join('\n'),
    list: value => (value ?? []).join('\n'),
    kinds: value => (value ? JSON.stringify(value) : ''),
    object: value => (value ? JSON.stringify(value) : ''),
    objects: value => (value?.length ? JSON.stringify(value, null, 2) : ''),
};

function parse(type, value) {
    switch (type) {
        // The API reports what is wrong with text that is not a number, or not JSON.
        case 'integer': return /^-?\d+$/.test(value.trim()) ? Number(value) : value;
        case 'number': return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
        case 'kinds':
        case 'object':
        case 'objects': return parseJson(value);
        case 'map': return parseMap(value);
        case 'list': return value.split(/[\s,]+/).filter(Boolean);
        default: return value;
    }
}

function parseJson(value) {
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}

const parseMap = value => Object.fromEntries(value.split('\n').map(line => line.trim()).filter(Boolean)
    .map(line => [line.split('=')[0].trim(), line.split('=').slice(1).join('=').trim()]));

function mapPatch(from, to) {
    const removed = Object.keys(parseMap(from)).map(key => [key, null]);
    return { ...Object.fromEntries(removed), ...parseMap(to) };
}

/** Null if the object is removed as a whole. */
function objectPatch(from, to) {
    if (to === '') {
        return null;
    }
    const removed = from === '' ? [] : Object.keys(JSON.parse(from)).map(key => [key, null]);
    return { ...Object.fromEntries(removed), ...JSON.parse(to) };
}

/** Types of which a patch changes the parts. */
const PATCHES = { map: mapPatch, kinds: objectPatch, object: objectPatch };

function put(body, path, value) {
    const [key, ...rest] = path.split('.');
    if (rest.length > 0) {
        body[key] ??= {};
        put(body[key], rest.join('.'), value);
    } else {
        body[key] = value;
    }
}
