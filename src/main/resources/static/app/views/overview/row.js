import { html } from '../../parts/html.js';
import { act } from '../../actions.js';
import { addressOf, bytesPerSecond, count, perSecond } from '../../format.js';
import { Spark } from '../../parts/spark.js';
import { State } from '../../parts/state.js';

/** One listener in the list. */
export function Row({ entry, at, index, top, height, selected, toggle, busy, onMenu, label }) {
    const { view, rates, history } = entry;
    const { name, protocol, status } = view;
    const open = ['running', 'starting'].includes(status.state);
    const what = open || status.state === 'failed' ? 'stop' : 'start';
    return html`<div class=${selected ? 'row selected' : 'row'} role="row" aria-rowindex=${index + 2}
        style=${{ transform: `translateY(${top}px)`, height: `${height}px` }}>
        <span role="cell" class="c-check"><input type="checkbox" aria-label=${`Select ${name}`} checked=${selected}
            onChange=${() => toggle(name)} /></span>
        <span role="cell" class="c-name"><a href=${`#/listeners/${name}`}>${name}</a>
            <span class="second">${second(view, label)}</span></span>
        <span role="cell" class="c-state"><${State} state=${status.state} /></span>
        <span role="cell" class="c-address"><span class="protocol">${protocol}</span> <span class="mono">${addressOf(view)}</span></span>
        <span role="cell" class="c-connections num">${protocol === 'udp' ? html`<span class="muted" title="UDP has no connections">–</span>`
            : count(status.connections.active)}<span class="unit"> conn.</span></span>
        <span role="cell" class="c-messages num">${perSecond(rates.messages)}</span>
        <span role="cell" class="c-bytes num">${bytesPerSecond(rates.bytes)}</span>
        <span role="cell" class="c-spark"><${Spark} history=${history} version=${at} label=${`Messages a second of ${name}`} /></span>
        <span role="cell" class="c-actions">
            <button class="small" aria-disabled=${busy} aria-label=${`${what === 'stop' ? 'Stop' : 'Start'} ${name}`}
                onClick=${() => busy || act(name, what)}>${what === 'stop' ? 'Stop' : 'Start'}</button>
            <button class="quiet small" aria-label=${`More for ${name}`} aria-haspopup="true"
                onClick=${event => onMenu({ view, from: event.currentTarget })}>⋯</button>
        </span>
    </div>`;
}

/** Below the name: what is wrong, else what it is for and its labels. */
function second({ status, description, labels }, label) {
    if (status.failure) {
        return html`<span class="failure" title=${status.failure.detail}>${status.failure.detail}</span>`;
    }
    return html`${Object.entries(labels).slice(0, 4).map(([key, value]) => html`
        <button class="tag" onClick=${() => label(`${key}=${value}`)} title=${`Show those with ${key}=${value}`}>${key}=${value}</button>`)}
        <span class="description" title=${description}>${description}</span>`;
}
