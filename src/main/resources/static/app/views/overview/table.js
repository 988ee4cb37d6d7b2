import { html, useEffect, useRef, useState } from '../../components/html.js';
import { act, busy } from '../../actions.js';
import { useStore } from '../../store.js';
import { DeleteListener } from '../../components/delete-listener.js';
import { noFilter, sortsDescending } from './filter.js';
import { Menu } from './menu.js';
import { Row } from './row.js';

/** Rows rendered beyond each edge of the viewport. */
const OVERSCAN = 6;
const narrow = matchMedia('(max-width: 56rem)');
const rowHeight = () => (narrow.matches ? 116 : 54);

const COLUMNS = [
    ['name', 'Name'], ['state', 'State'], ['address', 'Address'],
    ['connections', 'Connections', 'num'], ['messages', 'Messages', 'num'], ['bytes', 'Throughput', 'num'],
];

/** The table of listeners. Renders only the visible rows and a few more. */
export function ListenerTable({ entries, at, filter, change, selected, select, edit }) {
    const container = useRef();
    const height = useRowHeight();
    const [first, last] = useVisibleRange(container, height, entries?.length ?? 0);
    const busyNames = useStore(busy);
    const [menu, setMenu] = useState(null);
    const [deleting, setDeleting] = useState(null);
    const toggle = name => {
        const next = new Set(selected);
        next.delete(name) || next.add(name);
        select(next);
    };
    const all = entries?.length > 0 && entries.every(each => selected.has(each.view.name));
    const sortBy = sort => change(filter.sort === sort ? { descending: !filter.descending } : { sort, descending: sortsDescending(sort) });

    return html`<div class="listeners"><div role="table" aria-label="Listeners" aria-rowcount=${(entries?.length ?? 0) + 1}>
        <div role="rowgroup"><div class="row head" role="row" aria-rowindex="1">
            <span role="columnheader"><input type="checkbox" aria-label="Select all shown listeners" checked=${all}
                onChange=${() => select(all ? new Set() : new Set(entries.map(each => each.view.name)))} /></span>
            ${COLUMNS.map(([sort, label, kind]) => html`<span role="columnheader" class=${kind}
                aria-sort=${filter.sort === sort ? (filter.descending ? 'descending' : 'ascending') : null}>
                <button class="quiet sorter" onClick=${() => sortBy(sort)}>${label}<span aria-hidden="true" class="arrow">${
                    filter.sort === sort ? (filter.descending ? '↓' : '↑') : ''}</span></button></span>`)}
            <span role="columnheader" class="spark-head">Last minute</span>
            <span role="columnheader"><span class="hidden-text">Actions</span></span>
        </div></div>
        ${entries?.length > 0 && html`<div ref=${container} role="rowgroup" class="rows" style=${{ height: `${entries.length * height}px` }}>
                ${entries.slice(first, last).map((entry, i) => html`<${Row} key=${entry.view.name} entry=${entry} at=${at}
                    index=${first + i} top=${(first + i) * height} height=${height} label=${label => change({ label })}
                    selected=${selected.has(entry.view.name)} toggle=${toggle} busy=${busyNames.has(entry.view.name)}
                    onMenu=${setMenu} />`)}
            </div>`}
        </div>
        ${!entries ? html`<${Skeleton} />` : entries.length === 0 && html`<${NoMatch} change=${change} />`}
        ${menu && html`<${Menu} ...${menu} onClose=${() => setMenu(null)} choose=${(action, view) => {
            setMenu(null);
            if (action === 'edit') {
                edit(view.name);
            } else if (action === 'delete') {
                setDeleting(view);
            } else {
                act(view.name, action);
            }
        }} />`}
        ${deleting && html`<${DeleteListener} view=${deleting} onClose=${() => setDeleting(null)} />`}
    </div>`;
}

const Skeleton = () => html`<div class="skeleton" role="status"><span class="hidden-text">Loading listeners</span>
    ${[0, 1, 2, 3].map(i => html`<div key=${i} aria-hidden="true"></div>`)}</div>`;

const NoMatch = ({ change }) => html`<div class="empty-state"><h2>No matching listeners</h2>
    <p>No listener matches the filter. <button class="small" onClick=${() => change(noFilter)}>Clear filter</button></p></div>`;

function useRowHeight() {
    const [height, setHeight] = useState(rowHeight());
    useEffect(() => {
        const onChange = () => setHeight(rowHeight());
        narrow.addEventListener('change', onChange);
        return () => narrow.removeEventListener('change', onChange);
    }, []);
    return height;
}

/** The range of rows to render: [first, last). */
function useVisibleRange(container, height, rows) {
    const [range, setRange] = useState([0, 30]);
    useEffect(() => {
        const update = () => {
            const top = container.current?.getBoundingClientRect().top ?? 0;
            const first = Math.max(0, Math.floor(-top / height) - OVERSCAN);
            const last = Math.max(0, Math.ceil((innerHeight - top) / height) + OVERSCAN);
            setRange(old => (old[0] === first && old[1] === last ? old : [first, last]));
        };
        update();
        addEventListener('scroll', update, { passive: true });
        addEventListener('resize', update);
        return () => {
            removeEventListener('scroll', update);
            removeEventListener('resize', update);
        };
    }, [height, rows]);
    return range;
}
