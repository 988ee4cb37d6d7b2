import { html, useEffect, useMemo, useState } from '../parts/html.js';
import { actOnAll } from '../actions.js';
import { live, refresh, refreshSoon, trouble } from '../live.js';
import { useStore } from '../store.js';
import { useStream } from '../stream.js';
import { Editor } from '../parts/editor.js';
import { filterOf, keep, matching, sorted } from './overview/filter.js';
import { Toolbar } from './overview/toolbar.js';
import { Totals } from './overview/totals.js';
import { Rows } from './overview/rows.js';
import { isFirstVisit, Welcome } from './overview/welcome.js';

/** All listeners and how they are doing. */
export default function Overview({ query }) {
    const now = useStore(live);
    const refusal = useStore(trouble);
    const [filter, setFilter] = useState(() => filterOf(query));
    useEffect(() => {
        // Another address of this same view, such as that of all listeners in the head of the page.
        const moved = () => setFilter(filterOf(new URLSearchParams(location.hash.split('?')[1])));
        addEventListener('hashchange', moved);
        return () => removeEventListener('hashchange', moved);
    }, []);
    const [selected, setSelected] = useState(new Set());
    const [edited, setEdited] = useState(null);
    useStream('events', { open: refreshSoon, bound: refreshSoon, stopped: refreshSoon, failed: refreshSoon });

    const entries = useMemo(() => now && sorted(matching(now.listeners, filter), filter), [now, filter]);
    const change = part => {
        const next = { ...filter, ...part };
        setFilter(next);
        keep(next);
    };
    const create = () => setEdited({ name: null });

    return html`
        <div class="page-head"><h1>Listeners</h1>
            <button class="primary" onClick=${create}>New listener</button></div>
        <${Totals} now=${now} />
        <${Toolbar} filter=${filter} change=${change} listeners=${now?.listeners ?? []} shown=${entries?.length ?? 0} />
        ${!now && refusal ? html`<${Unreadable} refusal=${refusal} />`
            : now?.listeners.length === 0 ? html`<${Empty} create=${create} />`
            : html`<${Rows} entries=${entries} at=${now?.at} filter=${filter} change=${change}
                selected=${selected} select=${setSelected} edit=${name => setEdited({ name })} />`}
        ${now && isFirstVisit(now.listeners) && html`<${Welcome} listeners=${now.listeners} />`}
        ${now && html`<${Bulk} listeners=${now.listeners} shown=${entries} selected=${selected} select=${setSelected} />`}
        ${edited && html`<${Editor} name=${edited.name} onClose=${() => setEdited(null)} />`}`;
}

/** Of the selected ones those that are still there, and how many of them a filter hides. */
function Bulk({ listeners, shown, selected, select }) {
    const isSelected = ({ view }) => selected.has(view.name);
    const names = listeners.filter(isSelected).map(({ view }) => view.name);
    if (names.length === 0) {
        return null;
    }
    const hidden = names.length - shown.filter(isSelected).length;
    const all = what => () => actOnAll(names, what);
    return html`<div class="bulk" role="region" aria-label="Selection">
        <strong>${names.length} selected${hidden > 0 && `, ${hidden} not shown`}</strong>
        <button onClick=${all('start')}>Start</button>
        <button onClick=${all('stop')}>Stop</button>
        <button class="quiet" onClick=${() => select(new Set())}>Clear</button>
    </div>`;
}

const Empty = ({ create }) => html`<div class="blank card"><h2>No listeners yet</h2>
    <p>A listener answers on a port of this machine with what it is sent.</p>
    <p><button class="primary" onClick=${create}>Create the first one</button></p></div>`;

const Unreadable = ({ refusal }) => html`<div class="blank card" role="alert"><h2>The listeners cannot be read</h2>
    <p>${refusal.message}</p><p><button onClick=${refresh}>Try again</button></p></div>`;
