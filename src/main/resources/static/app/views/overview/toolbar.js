import { html, useEffect, useRef } from '../../components/html.js';
import { count } from '../../format.js';
import { isEmpty, noFilter, sortsDescending } from './filter.js';

const MAX_LABELS = 500;
const SORTS = { name: 'Name', state: 'State', address: 'Port', connections: 'Connections', messages: 'Messages/s', bytes: 'Bytes/s' };

/** The filter. The slash key focuses its text input. */
export function Toolbar({ filter, change, listeners, shown }) {
    const text = useRef();
    useEffect(() => {
        const onKeyDown = event => {
            if (event.key === '/' && !event.target.closest('input, textarea, select, dialog')) {
                event.preventDefault();
                text.current.focus();
            }
        };
        addEventListener('keydown', onKeyDown);
        return () => removeEventListener('keydown', onKeyDown);
    }, []);
    return html`<search class="toolbar">
        <input ref=${text} type="search" class="grow" aria-label="Filter by name, address, description or label"
            placeholder="Filter  ( / )" value=${filter.text} onInput=${event => change({ text: event.target.value })} />
        <fieldset class="segments"><legend class="hidden-text">Protocol</legend>
            ${['', 'tcp', 'udp'].map(protocol => html`<label><input type="radio" name="protocol-filter"
                checked=${filter.protocol === protocol} onChange=${() => change({ protocol })} />${protocol.toUpperCase() || 'All'}</label>`)}
        </fieldset>
        <select aria-label="State" value=${filter.state} onChange=${event => change({ state: event.target.value })}>
            <option value="">Any state</option>
            ${['running', 'stopped', 'failed', 'starting', 'draining'].map(state => html`<option value=${state}>${state}</option>`)}
        </select>
        <input class="label-filter" list="labels" aria-label="Label" placeholder="Any label" value=${filter.label}
            onInput=${event => change({ label: event.target.value.trim() })} />
        <datalist id="labels">${labels(listeners).map(label => html`<option value=${label} />`)}</datalist>
        <select class="sort" aria-label="Sort by" value=${filter.sort}
            onChange=${event => change({ sort: event.target.value, descending: sortsDescending(event.target.value) })}>
            ${Object.entries(SORTS).map(([sort, label]) => html`<option value=${sort}>Sort by ${label.toLowerCase()}</option>`)}
        </select>
        <span class="shown muted" role="status">${isEmpty(filter) ? '' : html`${count(shown)} of ${count(listeners.length)}
            <button class="quiet small" onClick=${() => change(noFilter)}>Clear</button>`}</span>
    </search>`;
}

function labels(listeners) {
    const found = new Set();
    for (const { view } of listeners) {
        for (const [key, value] of Object.entries(view.labels)) {
            found.add(`${key}=${value}`);
        }
        if (found.size > MAX_LABELS) {
            break;
        }
    }
    return [...found].sort();
}
