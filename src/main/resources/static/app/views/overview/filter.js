import { addressOf } from '../../format.js';

const NONE = { text: '', protocol: '', state: '', label: '', sort: 'name', down: false };

/** Which listeners are shown and in which order, as the address of the page has it. */
export function filterOf(query) {
    const filter = { ...NONE };
    for (const name of ['text', 'protocol', 'state', 'label', 'sort']) {
        filter[name] = query.get(name) ?? NONE[name];
    }
    filter.sort = filter.sort in ORDERS ? filter.sort : NONE.sort;
    filter.down = query.has('down');
    return filter;
}

/** Puts it into the address, so that it can be shared and survives a reload. */
export function keep(filter) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) {
        if (value && value !== NONE[name]) {
            query.set(name, value === true ? '' : value);
        }
    }
    history.replaceState(null, '', query.size > 0 ? `#/?${query}` : '#/');
}

export const isOpen = filter => !filter.text && !filter.protocol && !filter.state && !filter.label;

export const cleared = { text: '', protocol: '', state: '', label: '' };

export function matching(entries, { text, protocol, state, label }) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return entries.filter(({ view }) =>
        (!protocol || view.protocol === protocol)
        && (!state || view.status.state === state)
        && (!label || hasLabel(view.labels, label))
        && (words.length === 0 || words.every(word => searched(view).includes(word))));
}

/** "team=net" asks for the value, "team" for any. */
function hasLabel(labels, wanted) {
    const [key, value] = wanted.split(/=(.*)/s);
    return key in labels && (value === undefined || labels[key] === value);
}

const searched = view => [
    view.name, view.description, addressOf(view), ...Object.entries(view.labels).map(([key, value]) => `${key}=${value}`),
].join('\n').toLowerCase();

const ORDERS = {
    name: entry => entry.view.name,
    state: entry => ['failed', 'draining', 'starting', 'running', 'stopped'].indexOf(entry.view.status.state),
    address: entry => entry.view.status.port || entry.view.port,
    connections: entry => entry.view.status.connections.active,
    messages: entry => entry.rates.messages,
    bytes: entry => entry.rates.bytes,
};

/** Numbers come largest first, as those are looked for. */
export const beginsDown = sort => ['connections', 'messages', 'bytes'].includes(sort);

export function sorted(entries, { sort, down }) {
    const key = ORDERS[sort];
    const sign = down ? -1 : 1;
    return [...entries].sort((a, b) => {
        const x = key(a);
        const y = key(b);
        return x < y ? -sign : x > y ? sign : a.view.name < b.view.name ? -1 : 1;
    });
}
