import { html, useEffect, useRef } from '../../parts/html.js';
import { count } from '../../format.js';
import { beginsDown, cleared, isOpen } from './filter.js';

const MOST_LABELS = 500;
const SORTS = { name: 'Name', state: 'State', address: 'Port', connections: 'Connections', messages: 'Messages/s', bytes: 'Bytes/s' };

/** What is shown of all listeners. A slash leads to the text from everywhere. */
export function Toolbar({ filter, change, listeners, shown }) {
    const text = useRef();
    useEffect(() => {
        const typed = event => {
            if (event.key === '/' && !event.target.closest('input, textarea, select, dialog')) {
                event.preventDefault();
                text.current.focus();
            }
        };
        addEventListener('keydown', typed);
        return () => removeEventListener('keydown', typed);
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
        <select class="sort" aria-label="Order" value=${filter.sort}
            onChange=${event => change({ sort: event.target.value, down: beginsDown(event.target.value) })}>
            ${Object.entries(SORTS).map(([sort, label]) => html`<option value=${sort}>By ${label.toLowerCase()}</option>`)}
        </select>
        <span class="shown muted" role="status">${isOpen(filter) ? '' : html`${count(shown)} of ${count(listeners.length)}
            <button class="quiet small" onClick=${() => change(cleared)}>Clear</button>`}</span>
    </search>`;
}

function labels(listeners) {
    const found = new Set();
    for (const { view } of listeners) {
        for (const [key, value] of Object.entries(view.labels)) {
            found.add(`${key}=${value}`);
        }
        if (found.size > MOST_LABELS) {
            break;
        }
    }
    return [...found].sort();
}
