import { html } from '../../components/html.js';
import { act } from '../../actions.js';
import { addressOf, bytesPerSecond, count, perSecond } from '../../format.js';
import { AdminButton } from '../../components/admin-button.js';
import { FaultCount } from '../../components/fault-count.js';
import { Sparkline } from '../../components/sparkline.js';
import { State } from '../../components/state.js';

/** A row of the listener table. */
export function Row({ entry, at, index, top, height, selected, toggle, busy, onMenu, label }) {
    const { view, rates, history } = entry;
    const { name, protocol, status } = view;
    const open = ['running', 'starting'].includes(status.state);
    const action = open || status.state === 'failed' ? 'stop' : 'start';
    const actionLabel = action === 'stop' ? 'Stop' : 'Start';
    return html`<div class=${selected ? 'row selected' : 'row'} role="row" aria-rowindex=${index + 2}
        style=${{ transform: `translateY(${top}px)`, height: `${height}px` }}>
        <span role="cell" class="c-check"><input type="checkbox" aria-label=${`Select ${name}`} checked=${selected}
            onChange=${() => toggle(name)} /></span>
        <span role="cell" class="c-name"><a href=${`#/listeners/${name}`}>${name}</a>
            <span class="subtitle"><${FaultCount} faults=${status.faults} />${subtitle(view, label)}</span></span>
        <span role="cell" class="c-state"><${State} state=${status.state} /></span>
        <span role="cell" class="c-address"><span class="protocol">${protocol}</span> <span class="mono">${addressOf(view)}</span></span>
        <span role="cell" class="c-connections num">${protocol === 'udp' ? html`<span class="muted" title="UDP has no connections">–</span>`
            : count(status.connections.active)}<span class="unit"> conn.</span></span>
        <span role="cell" class="c-messages num">${perSecond(rates.messages)}</span>
        <span role="cell" class="c-bytes num">${bytesPerSecond(rates.bytes)}</span>
        <span role="cell" class="c-spark"><${Sparkline} history=${history} version=${at} label=${`Messages per second of ${name}`} /></span>
        <span role="cell" class="c-actions">
            <${AdminButton} class="small" aria-disabled=${busy} aria-label=${`${actionLabel} ${name}`}
                onClick=${() => busy || act(name, action)}>${actionLabel}</${AdminButton}>
            <${AdminButton} class="quiet small" aria-label=${`More actions for ${name}`} aria-haspopup="true"
                onClick=${event => onMenu({ view, from: event.currentTarget })}>⋯</${AdminButton}>
        </span>
    </div>`;
}

/** The failure, or the labels and the description. */
function subtitle({ status, description, labels }, label) {
    if (status.failure) {
        return html`<span class="failure" title=${status.failure.detail}>${status.failure.detail}</span>`;
    }
    return html`${Object.entries(labels).slice(0, 4).map(([key, value]) => html`
        <button class="tag" onClick=${() => label(`${key}=${value}`)} title=${`Filter by ${key}=${value}`}>${key}=${value}</button>`)}
        <span class="description" title=${description}>${description}</span>`;
}
