// A definition as a form has it, texts and ticks, and back.

const TCP = ['backlog', 'idleTimeoutMs', 'writeStallTimeoutMs', 'maxConnections', 'maxConnectionsPerSource'];
const TCP_TICKS = ['noDelay', 'keepAlive'];
const UDP = ['maxDatagramsPerSecondPerSource'];
const UDP_TICKS = ['replyToEmpty', 'replyToReservedPorts'];
const NUMBERS = ['port', 'bufferBytes', 'drainTimeoutMs'];
const TEXTS = ['name', 'protocol', 'host', 'description'];

export const FIELDS = [...TEXTS, ...NUMBERS, 'enabled', 'labels', 'allowedSources',
    ...[...TCP, ...TCP_TICKS].map(name => `tcp.${name}`), ...[...UDP, ...UDP_TICKS].map(name => `udp.${name}`)];

/** The form of a new listener: what is empty is left to its default. */
export const blank = () => ({ ...Object.fromEntries(FIELDS.map(name => [name, ''])), protocol: 'tcp', enabled: true });

/** The form of a definition. */
export function toForm(definition) {
    const form = blank();
    for (const name of [...TEXTS, ...NUMBERS, 'enabled']) {
        form[name] = text(definition[name]);
    }
    form.labels = Object.entries(definition.labels).map(([key, value]) => `${key}=${value}`).join('\n');
    form.allowedSources = definition.allowedSources.join('\n');
    for (const block of ['tcp', 'udp']) {
        for (const [name, value] of Object.entries(definition[block] ?? {})) {
            form[`${block}.${name}`] = text(value);
        }
    }
    return form;
}

const text = value => (typeof value === 'number' ? String(value) : value ?? '');

/** The body that creates what the form says. */
export function toDefinition(form) {
    const body = {};
    for (const [name, value] of Object.entries(form)) {
        const [block, inner] = name.split('.');
        if (inner ? block === form.protocol && value !== '' : value !== '') {
            put(body, name, read(name, value));
        }
    }
    return body;
}

/** The merge patch that makes what was in the one form what is in the other. */
export function toPatch(from, to) {
    const patch = {};
    for (const [name, value] of Object.entries(to)) {
        if (value !== from[name]) {
            // Null restores the default.
            put(patch, name, name === 'labels' ? labelsPatch(from.labels, value) : value === '' ? null : read(name, value));
        }
    }
    return patch;
}

function labelsPatch(from, to) {
    const gone = Object.keys(labels(from)).map(key => [key, null]);
    return { ...Object.fromEntries(gone), ...labels(to) };
}

function put(body, name, value) {
    const [block, inner] = name.split('.');
    if (inner) {
        body[block] = { ...body[block], [inner]: value };
    } else {
        body[name] = value;
    }
}

function read(name, value) {
    if (name === 'labels') {
        return labels(value);
    }
    if (name === 'allowedSources') {
        return words(value);
    }
    const isNumber = NUMBERS.includes(name) || /^(tcp|udp)\./.test(name) && typeof value === 'string';
    // What is no number goes as it is: the API says what is wrong with it.
    return isNumber && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
}

const words = value => value.split(/[\s,]+/).filter(Boolean);

const labels = value => Object.fromEntries(value.split('\n').map(each => each.trim()).filter(Boolean)
    .map(each => [each.split('=')[0].trim(), each.split('=').slice(1).join('=').trim()]));
