import { html, useEffect, useMemo, useState } from '../components/html.js';
import { actOnAll } from '../actions.js';
import { live, pollError, refresh, refreshSoon } from '../live.js';
import { useStore } from '../store.js';
import { useStream } from '../stream.js';
import { Editor } from '../components/editor.js';
import { AdminButton } from '../components/admin-button.js';
import { filterOf, matching, saveFilter, sorted } from './overview/filter.js';
import { Toolbar } from './overview/toolbar.js';
import { Totals } from './overview/totals.js';
import { ListenerTable } from './overview/table.js';
import { GettingStarted, isUnconfigured } from './overview/getting-started.js';

/** All listeners with their states and rates. */
export default function Overview({ query }) {
    const data = useStore(live);
    const error = useStore(pollError);
    const [filter, setFilter] = useState(() => filterOf(query));
    useEffect(() => {
        // A link to this view with another filter, such as the one in the navigation.
        const onHashChange = () => setFilter(filterOf(new URLSearchParams(location.hash.split('?')[1])));
        addEventListener('hashchange', onHashChange);
        return () => removeEventListener('hashchange', onHashChange);
    }, []);
    const [selected, setSelected] = useState(new Set());
    const [editing, setEditing] = useState(null);
    useStream('events', { open: refreshSoon, bound: refreshSoon, stopped: refreshSoon, failed: refreshSoon });

    const entries = useMemo(() => data && sorted(matching(data.listeners, filter), filter), [data, filter]);
    const change = update => {
        const next = { ...filter, ...update };
        setFilter(next);
        saveFilter(next);
    };
    const create = () => setEditing({ name: null });

    return html`
        <div class="page-header"><h1>Listeners</h1>
            <${AdminButton} class="primary" onClick=${create}>New listener</${AdminButton}></div>
        <${Totals} data=${data} />
        <${Toolbar} filter=${filter} change=${change} listeners=${data?.listeners ?? []} shown=${entries?.length ?? 0} />
        ${!data && error ? html`<${LoadError} error=${error} />`
            : data?.listeners.length === 0 ? html`<${Empty} create=${create} />`
            : html`<${ListenerTable} entries=${entries} at=${data?.at} filter=${filter} change=${change}
                selected=${selected} select=${setSelected} edit=${name => setEditing({ name })} />`}
        ${data && isUnconfigured(data.listeners) && html`<${GettingStarted} listeners=${data.listeners} />`}
        ${data && html`<${BulkActions} listeners=${data.listeners} shown=${entries} selected=${selected} select=${setSelected} />`}
        ${editing && html`<${Editor} name=${editing.name} onClose=${() => setEditing(null)} />`}`;
}

/** Actions for the selected listeners that still exist, including those that the filter hides. */
function BulkActions({ listeners, shown, selected, select }) {
    const isSelected = ({ view }) => selected.has(view.name);
    const names = listeners.filter(isSelected).map(({ view }) => view.name);
    if (names.length === 0) {
        return null;
    }
    const hidden = names.length - shown.filter(isSelected).length;
    const all = action => () => actOnAll(names, action);
    return html`<div class="bulk" role="region" aria-label="Selection">
        <strong>${names.length} selected${hidden > 0 && `, ${hidden} hidden by the filter`}</strong>
        <${AdminButton} onClick=${all('start')}>Start</${AdminButton}>
        <${AdminButton} onClick=${all('stop')}>Stop</${AdminButton}>
        <button class="quiet" onClick=${() => select(new Set())}>Clear</button>
    </div>`;
}

const Empty = ({ create }) => html`<div class="blank card"><h2>No listeners yet</h2>
    <p>A listener opens a TCP or UDP port on this host and echoes all data it receives.</p>
    <p><${AdminButton} class="primary" onClick=${create}>Create listener</${AdminButton}></p></div>`;

const LoadError = ({ error }) => html`<div class="blank card" role="alert"><h2>Could not load the listeners</h2>
    <p>${error.message}</p><p><button onClick=${refresh}>Retry</button></p></div>`;
