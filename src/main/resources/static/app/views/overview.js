import { html } from '../parts/html.js';
import { live } from '../live.js';
import { useStore } from '../store.js';
import { State } from '../parts/state.js';
import { Spark } from '../parts/spark.js';
import { bytesPerSecond, count, endpoint, perSecond } from '../format.js';

/** All listeners and how they are doing. */
export default function Overview() {
    const now = useStore(live);
    if (!now) {
        return html`<p class="loading" role="status">Reading the listeners…</p>`;
    }
    return html`<h1>Listeners</h1>
        <div class="list">${now.listeners.map(each => html`<${Row} key=${each.view.name} entry=${each} at=${now.at} />`)}</div>`;
}

function Row({ entry, at }) {
    const { name, protocol, status } = entry.view;
    return html`<div class="row">
        <strong>${name}</strong><${State} state=${status.state} />
        <span>${protocol} ${endpoint(status.address, status.port)}</span>
        <span>${count(status.connections.active)}</span>
        <span>${perSecond(entry.rates.messages)}</span><span>${bytesPerSecond(entry.rates.bytes)}</span>
        <${Spark} history=${entry.history} version=${at} label="Messages a second" />
    </div>`;
}
