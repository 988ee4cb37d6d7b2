import { html } from '../../components/html.js';
import { useStore } from '../../store.js';
import { State } from '../../components/state.js';
import { RelativeTime } from '../../components/relative-time.js';
import { payloadText, targetText } from './draft.js';
import { clearHistory, history } from './history.js';

/** The messages sent from this browser; selecting one restores its draft. */
export function RecentMessages({ onSelect }) {
    const entries = useStore(history);
    return html`<section class="card recent-card" aria-label="Recent messages">
        <div class="card-head"><h2>Recent messages</h2>
            ${entries.length > 0 && html`<div class="end"><button type="button" class="small" onClick=${clearHistory}>Clear history</button></div>`}</div>
        ${entries.length === 0 ? html`<p class="muted">Sent messages are stored in this browser.</p>`
            : html`<ul class="recent">${entries.map(entry => html`<li key=${entry.at}>
                <button type="button" onClick=${() => onSelect(entry.draft)} title="Edit and send again">
                    <${State} state=${entry.verdict} /><span class="recent-payload mono">${payloadText(entry.draft)}</span>
                    <span class="recent-target muted">${targetText(entry.draft)} · <${RelativeTime} at=${new Date(entry.at).toISOString()} /></span>
                </button></li>`)}</ul>`}
    </section>`;
}
