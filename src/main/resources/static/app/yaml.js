// Writes JSON values as YAML: objects and arrays in block style, scalars as in JSON, of which YAML is a superset.

const PLAIN = /^[A-Za-z][A-Za-z0-9 _./-]*$/;
/** Characters that YAML 1.2 (section 5.1) requires to be escaped, but JSON does not. */
const UNPRINTABLE = /[\u007f-\u009f\ufeff\ufffe\uffff]/g;
const WORDS = /^(y|n|yes|no|true|false|on|off|null)$/i;

export function toYaml(value, indent = '') {
    if (Array.isArray(value) && value.length > 0) {
        return value.map(each => `${indent}- ${toYaml(each, `${indent}  `).trimStart()}`).join('\n');
    }
    if (isBlock(value)) {
        return Object.entries(value).map(([key, inner]) => isBlock(inner)
            ? `${indent}${scalar(key)}:\n${toYaml(inner, `${indent}  `)}`
            : `${indent}${scalar(key)}: ${toYaml(inner)}`).join('\n');
    }
    return indent + scalar(value);
}

const isBlock = value => value !== null && typeof value === 'object' && Object.keys(value).length > 0;

function scalar(value) {
    if (typeof value === 'string' && PLAIN.test(value) && !WORDS.test(value) && value.trim() === value) {
        return value;
    }
    return JSON.stringify(value).replace(UNPRINTABLE, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
