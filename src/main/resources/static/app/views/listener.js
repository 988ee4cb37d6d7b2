import { html, useState } from '../components/html.js';
import { act, busy } from '../actions.js';
import { listenerPath } from '../api.js';
import { addressOf } from '../format.js';
import { usePolled } from '../poll.js';
import { useStore } from '../store.js';
import { AdminButton } from '../components/admin-button.js';
import { Copy } from '../components/copy.js';
import { Editor } from '../components/editor.js';
import { DeleteListener } from '../components/delete-listener.js';
import { FaultCount } from '../components/fault-count.js';
import { State } from '../components/state.js';
import { RelativeTime } from '../components/relative-time.js';
import { Capture } from './listener/capture.js';
import { Connections } from './listener/connections.js';
import { Counters } from './listener/counters.js';
import { Definition } from './listener/definition.js';
import { Events } from './listener/events.js';
import { Faults } from './listener/faults.js';
import { Traffic } from './listener/traffic.js';

/** Everything about one listener. */
export default function Listener({ params: { name } }) {
    const { value: view, error, reload } = usePolled(listenerPath(name));
    const [open, setOpen] = useState(null);
    if (error?.code === 'listener-not-found') {
        return html`<div class="empty-state"><h1>Listener ${name} not found</h1><p>It may have been deleted. <a href="#/">All listeners</a></p></div>`;
    }
    if (!view) {
        return html`<div class="page-header"><h1>${name}</h1></div>
            <p class="loading" role="status">${error ? error.message : 'Loading the listener…'}</p>`;
    }
    return html`
        <${Header} view=${view} reload=${reload} openDialog=${setOpen} />
        ${view.status.failure && html`<${Failure} failure=${view.status.failure} />`}
        <div class="columns">
            <div class="column">
                <${Traffic} view=${view} />
                <${Faults} view=${view} onChange=${reload} />
                <${Connections} view=${view} />
                <${Capture} name=${name} />
            </div>
            <div class="column">
                <${Counters} view=${view} />
                <${Events} name=${name} onChange=${reload} />
                <${Definition} view=${view} />
            </div>
        </div>
        ${open === 'edit' && html`<${Editor} name=${name} onClose=${() => setOpen(null)} onSaved=${reload} />`}
        ${open === 'delete' && html`<${DeleteListener} view=${view} onClose=${() => setOpen(null)} onDeleted=${() => { location.hash = '#/'; }} />`}`;
}

function Header({ view, reload, openDialog }) {
    const { name, protocol, description, labels, status } = view;
    const isBusy = useStore(busy).has(name);
    const declared = status.origin === 'configuration';
    const readOnlyReason = declared ? 'Declared in the application configuration; edit it there' : null;
    const run = action => () => isBusy || act(name, action).then(reload);
    const open = !['stopped', 'draining'].includes(status.state);
    const address = addressOf(view);
    return html`<nav class="breadcrumb" aria-label="Breadcrumb"><a href="#/">Listeners</a><span aria-hidden="true"> / </span></nav>
        <div class="page-header">
            <div class="title"><h1>${name}</h1><${State} state=${status.state} /><${FaultCount} faults=${status.faults} />
                ${status.since && html`<span class="muted">changed <${RelativeTime} at=${status.since} /></span>`}</div>
            <div class="actions">
                <a class="button" href=${`#/message?listener=${name}`}>Send message</a>
                <a class="button" href=${`#/runs/new?listener=${name}`}>Start run</a>
                <${AdminButton} aria-disabled=${isBusy} onClick=${run(open ? 'stop' : 'start')}>${open ? 'Stop' : 'Start'}</${AdminButton}>
                <${AdminButton} aria-disabled=${isBusy} onClick=${run('restart')}>Restart</${AdminButton}>
                <${AdminButton} disabled=${declared} title=${readOnlyReason} onClick=${() => openDialog('edit')}>Edit</${AdminButton}>
                <${AdminButton} class="danger" disabled=${declared} title=${readOnlyReason} onClick=${() => openDialog('delete')}>Delete</${AdminButton}>
            </div>
        </div>
        <p class="listener-summary"><span><span class="protocol">${protocol}</span> <span class="mono">${address}</span> <${Copy} text=${address} /></span>
            ${description && html`<span>${description}</span>`}
            ${Object.entries(labels).map(([key, value]) => html`<a class="tag" href=${`#/?label=${encodeURIComponent(`${key}=${value}`)}`}>${key}=${value}</a>`)}
            ${declared && html`<span class="muted">Declared in the application configuration</span>`}</p>`;
}

const Failure = ({ failure }) => html`<div class="card failure-card" role="alert"><h2>Could not open the listener</h2>
    <p>${failure.detail}</p>
    <p class="muted">${failure.code}, <${RelativeTime} at=${failure.at} />${failure.nextRetryAt && html`; next attempt <${RelativeTime} at=${failure.nextRetryAt} />`}</p></div>`;
