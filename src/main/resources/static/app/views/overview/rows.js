import { html, useEffect, useRef, useState } from '../../parts/html.js';
import { act, busy } from '../../actions.js';
import { useStore } from '../../store.js';
import { Farewell } from '../../parts/farewell.js';
import { beginsDown, cleared } from './filter.js';
import { Menu } from './menu.js';
import { Row } from './row.js';

const SPARE = 6;
const narrow = matchMedia('(max-width: 56rem)');
const rowHeight = () => (narrow.matches ? 116 : 54);

const COLUMNS = [
    ['name', 'Name'], ['state', 'State'], ['address', 'Address'],
    ['connections', 'Connections', 'num'], ['messages', 'Messages', 'num'], ['bytes', 'Traffic', 'num'],
];

/** The list. Only the rows that are on the screen, and a few more, are in the page. */
export function Rows({ entries, at, filter, change, selected, select, edit }) {
    const box = useRef();
    const height = useRowHeight();
    const [first, last] = useWindow(box, height, entries?.length ?? 0);
    const working = useStore(busy);
    const [menu, setMenu] = useState(null);
    const [doomed, setDoomed] = useState(null);
    const toggle = name => {
        const next = new Set(selected);
        next.delete(name) || next.add(name);
        select(next);
    };
    const all = entries?.length > 0 && entries.every(each => selected.has(each.view.name));
    const sortBy = sort => change(filter.sort === sort ? { down: !filter.down } : { sort, down: beginsDown(sort) });

    return html`<div class="listeners"><div role="table" aria-label="Listeners" aria-rowcount=${(entries?.length ?? 0) + 1}>
        <div role="rowgroup"><div class="row head" role="row" aria-rowindex="1">
            <span role="columnheader"><input type="checkbox" aria-label="Select all that are shown" checked=${all}
                onChange=${() => select(all ? new Set() : new Set(entries.map(each => each.view.name)))} /></span>
            ${COLUMNS.map(([sort, label, kind]) => html`<span role="columnheader" class=${kind}
                aria-sort=${filter.sort === sort ? (filter.down ? 'descending' : 'ascending') : null}>
                <button class="quiet sorter" onClick=${() => sortBy(sort)}>${label}<span aria-hidden="true" class="arrow">${
                    filter.sort === sort ? (filter.down ? '↓' : '↑') : ''}</span></button></span>`)}
            <span role="columnheader" class="spark-head">Last minute</span>
            <span role="columnheader"><span class="hidden-text">Actions</span></span>
        </div></div>
        ${entries?.length > 0 && html`<div ref=${box} role="rowgroup" class="rows" style=${{ height: `${entries.length * height}px` }}>
                ${entries.slice(first, last).map((entry, i) => html`<${Row} key=${entry.view.name} entry=${entry} at=${at}
                    index=${first + i} top=${(first + i) * height} height=${height} label=${label => change({ label })}
                    selected=${selected.has(entry.view.name)} toggle=${toggle} busy=${working.has(entry.view.name)}
                    onMenu=${setMenu} />`)}
            </div>`}
        </div>
        ${!entries ? html`<${Skeleton} />` : entries.length === 0 && html`<${NoMatch} change=${change} />`}
        ${menu && html`<${Menu} ...${menu} onClose=${() => setMenu(null)} choose=${(what, view) => {
            setMenu(null);
            if (what === 'edit') {
                edit(view.name);
            } else if (what === 'delete') {
                setDoomed(view);
            } else {
                act(view.name, what);
            }
        }} />`}
        ${doomed && html`<${Farewell} view=${doomed} onClose=${() => setDoomed(null)} />`}
    </div>`;
}

const Skeleton = () => html`<div class="skeleton" role="status"><span class="hidden-text">Reading the listeners</span>
    ${[0, 1, 2, 3].map(i => html`<div key=${i} aria-hidden="true"></div>`)}</div>`;

const NoMatch = ({ change }) => html`<div class="blank"><h2>No listener fits</h2>
    <p>There are others, but none like this. <button class="small" onClick=${() => change(cleared)}>Show all</button></p></div>`;

function useRowHeight() {
    const [height, setHeight] = useState(rowHeight());
    useEffect(() => {
        const changed = () => setHeight(rowHeight());
        narrow.addEventListener('change', changed);
        return () => narrow.removeEventListener('change', changed);
    }, []);
    return height;
}

/** From which row to which the window shows the list. */
function useWindow(box, height, rows) {
    const [range, setRange] = useState([0, 30]);
    useEffect(() => {
        const look = () => {
            const top = box.current?.getBoundingClientRect().top ?? 0;
            const first = Math.max(0, Math.floor(-top / height) - SPARE);
            const last = Math.max(0, Math.ceil((innerHeight - top) / height) + SPARE);
            setRange(old => (old[0] === first && old[1] === last ? old : [first, last]));
        };
        look();
        addEventListener('scroll', look, { passive: true });
        addEventListener('resize', look);
        return () => {
            removeEventListener('scroll', look);
            removeEventListener('resize', look);
        };
    }, [height, rows]);
    return range;
}
