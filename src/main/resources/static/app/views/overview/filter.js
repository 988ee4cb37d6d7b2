import { addressOf } from '../../format.js';

const DEFAULT = { text: '', protocol: '', state: '', label: '', sort: 'name', descending: false };

/** The filter and sort order in the query of a URL fragment. */
export function filterOf(query) {
    const filter = { ...DEFAULT };
    for (const name of ['text', 'protocol', 'state', 'label', 'sort']) {
        filter[name] = query.get(name) ?? DEFAULT[name];
    }
    filter.sort = filter.sort in SORT_KEYS ? filter.sort : DEFAULT.sort;
    filter.descending = query.has('descending');
    return filter;
}

/** Saves the filter in the URL, so that it can be shared and survives a reload. */
export function saveFilter(filter) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) {
        if (value && value !== DEFAULT[name]) {
            query.set(name, value === true ? '' : value);
        }
    }
    history.replaceState(null, '', query.size > 0 ? `#/?${query}` : '#/');
}

export const isEmpty = filter => !filter.text && !filter.protocol && !filter.state && !filter.label;

export const noFilter = { text: '', protocol: '', state: '', label: '' };

export function matching(entries, { text, protocol, state, label }) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return entries.filter(({ view }) =>
        (!protocol || view.protocol === protocol)
        && (!state || view.status.state === state)
        && (!label || hasLabel(view.labels, label))
        && (words.length === 0 || words.every(word => searchText(view).includes(word))));
}

/** "team=net" matches that value, "team" any value. */
function hasLabel(labels, wanted) {
    const [key, value] = wanted.split(/=(.*)/s);
    return key in labels && (value === undefined || labels[key] === value);
}

const searchText = view => [
    view.name, view.description, addressOf(view), ...Object.entries(view.labels).map(([key, value]) => `${key}=${value}`),
].join('\n').toLowerCase();

const SORT_KEYS = {
    name: entry => entry.view.name,
    state: entry => ['failed', 'draining', 'starting', 'running', 'stopped'].indexOf(entry.view.status.state),
    address: entry => entry.view.status.port || entry.view.port,
    connections: entry => entry.view.status.connections.active,
    messages: entry => entry.rates.messages,
    bytes: entry => entry.rates.bytes,
};

/** Numbers are sorted in descending order first. */
export const sortsDescending = sort => ['connections', 'messages', 'bytes'].includes(sort);

export function sorted(entries, { sort, descending }) {
    const key = SORT_KEYS[sort];
    const sign = descending ? -1 : 1;
    return [...entries].sort((a, b) => {
        const x = key(a);
        const y = key(b);
        return x < y ? -sign : x > y ? sign : a.view.name < b.view.name ? -1 : 1;
    });
}
