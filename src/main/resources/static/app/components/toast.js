import { html, useEffect } from './html.js';
import { lastChange } from '../api.js';
import { store, useStore } from '../store.js';
import { Copy } from './copy.js';

const DURATION_MS = 8000;
const shown = store(null);

lastChange.subscribe(change => shown.set({ kind: 'done', text: change.summary, curl: change.curl }));

/** Shows an error message. */
export const showError = text => shown.set({ kind: 'failed', text });

/** The latest notification: a change with its curl command, or an error. */
export function Toasts() {
    const toast = useStore(shown);
    useEffect(() => {
        if (toast?.kind === 'done') {
            const timer = setTimeout(() => shown.set(null), DURATION_MS);
            return () => clearTimeout(timer);
        }
    }, [toast]);
    return html`<div class="toasts" role="status" aria-live="polite">
        ${toast && html`<div class=${`toast ${toast.kind}`}>
            <span class="toast-text">${toast.text}</span>
            ${toast.curl && html`<${Copy} text=${toast.curl} label="Copy as curl" />`}
            <button class="quiet" aria-label="Dismiss" onClick=${() => shown.set(null)}>✕</button>
        </div>`}
    </div>`;
}
