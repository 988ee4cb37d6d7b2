import { html, useState } from '../parts/html.js';
import { act, busy } from '../actions.js';
import { listenerPath } from '../api.js';
import { addressOf } from '../format.js';
import { usePolled } from '../poll.js';
import { useStore } from '../store.js';
import { Copy } from '../parts/copy.js';
import { Editor } from '../parts/editor.js';
import { Farewell } from '../parts/farewell.js';
import { State } from '../parts/state.js';
import { Ago } from '../parts/time.js';
import { Capture } from './listener/capture.js';
import { Connections } from './listener/connections.js';
import { Counters } from './listener/counters.js';
import { Definition } from './listener/definition.js';
import { Events } from './listener/events.js';
import { Traffic } from './listener/traffic.js';

/** One listener, with all that is known of it. */
export default function Listener({ params: { name } }) {
    const { value: view, refusal, again } = usePolled(listenerPath(name));
    const [open, setOpen] = useState(null);
    if (refusal?.code === 'listener-not-found') {
        return html`<div class="blank"><h1>No listener ${name}</h1><p>It was deleted, or never was. <a href="#/">All listeners</a></p></div>`;
    }
    if (!view) {
        return html`<div class="page-head"><h1>${name}</h1></div>
            <p class="loading" role="status">${refusal ? refusal.message : 'Reading the listener…'}</p>`;
    }
    return html`
        <${Head} view=${view} again=${again} show=${setOpen} />
        ${view.status.failure && html`<${Failure} failure=${view.status.failure} />`}
        <div class="columns">
            <div class="column">
                <${Traffic} view=${view} />
                <${Connections} view=${view} />
                <${Capture} name=${name} />
            </div>
            <div class="column">
                <${Counters} view=${view} />
                <${Events} name=${name} onChange=${again} />
                <${Definition} view=${view} />
            </div>
        </div>
        ${open === 'edit' && html`<${Editor} name=${name} onClose=${() => setOpen(null)} onSaved=${again} />`}
        ${open === 'delete' && html`<${Farewell} view=${view} onClose=${() => setOpen(null)} onGone=${() => { location.hash = '#/'; }} />`}`;
}

function Head({ view, again, show }) {
    const { name, protocol, description, labels, status } = view;
    const working = useStore(busy).has(name);
    const declared = status.origin === 'configuration';
    const fixed = declared ? 'Declared in the configuration: change it there' : null;
    const does = what => () => working || act(name, what).then(again);
    const open = !['stopped', 'draining'].includes(status.state);
    const address = addressOf(view);
    return html`<nav class="trail" aria-label="Where you are"><a href="#/">Listeners</a><span aria-hidden="true"> / </span></nav>
        <div class="page-head">
            <div class="title"><h1>${name}</h1><${State} state=${status.state} />
                ${status.since && html`<span class="muted">since <${Ago} at=${status.since} /></span>`}</div>
            <div class="actions">
                <a class="button" href=${`#/message?listener=${name}`}>Send a message</a>
                <a class="button" href=${`#/runs/new?listener=${name}`}>Measure</a>
                <button aria-disabled=${working} onClick=${does(open ? 'stop' : 'start')}>${open ? 'Stop' : 'Start'}</button>
                <button aria-disabled=${working} onClick=${does('restart')}>Restart</button>
                <button disabled=${declared} title=${fixed} onClick=${() => show('edit')}>Edit</button>
                <button class="danger" disabled=${declared} title=${fixed} onClick=${() => show('delete')}>Delete</button>
            </div>
        </div>
        <p class="facts"><span><span class="protocol">${protocol}</span> <span class="mono">${address}</span> <${Copy} text=${address} /></span>
            ${description && html`<span>${description}</span>`}
            ${Object.entries(labels).map(([key, value]) => html`<a class="tag" href=${`#/?label=${encodeURIComponent(`${key}=${value}`)}`}>${key}=${value}</a>`)}
            ${declared && html`<span class="muted">declared in the configuration</span>`}</p>`;
}

const Failure = ({ failure }) => html`<div class="card failure-card" role="alert"><h2>It could not be opened</h2>
    <p>${failure.detail}</p>
    <p class="muted">${failure.code}, <${Ago} at=${failure.at} />${failure.nextRetryAt && html`; next try <${Ago} at=${failure.nextRetryAt} />`}</p></div>`;
