import { html } from '../../parts/html.js';
import { useStore } from '../../store.js';
import { State } from '../../parts/state.js';
import { Ago } from '../../parts/time.js';
import { payloadText, targetText } from './draft.js';
import { forgetAll, history } from './history.js';

/** What was sent before from this browser; a click takes it up again. */
export function Past({ onTake }) {
    const entries = useStore(history);
    return html`<section class="card past-card" aria-label="Sent before">
        <div class="card-head"><h2>Sent before</h2>
            ${entries.length > 0 && html`<div class="end"><button type="button" class="small" onClick=${forgetAll}>Forget all</button></div>`}</div>
        ${entries.length === 0 ? html`<p class="muted">What you send is kept in this browser, to be sent again.</p>`
            : html`<ul class="past">${entries.map(entry => html`<li key=${entry.at}>
                <button type="button" onClick=${() => onTake(entry.draft)} title="Take this up again">
                    <${State} state=${entry.verdict} /><span class="past-what mono">${payloadText(entry.draft)}</span>
                    <span class="past-where muted">${targetText(entry.draft)} · <${Ago} at=${new Date(entry.at).toISOString()} /></span>
                </button></li>`)}</ul>`}
    </section>`;
}
