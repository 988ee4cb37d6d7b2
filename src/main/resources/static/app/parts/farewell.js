import { html } from './html.js';
import { remove } from '../actions.js';
import { Confirm } from './dialog.js';

/** Asks before a listener is deleted. */
export function Farewell({ view, onClose, onGone }) {
    const { active } = view.status.connections;
    const confirm = async () => {
        onClose();
        if (await remove(view.name)) {
            onGone?.();
        }
    };
    return html`<${Confirm} title=${`Delete ${view.name}?`} verb="Delete" onClose=${onClose} onConfirm=${confirm}>
        <p>Its port is closed, its definition and its counters are forgotten.
        ${active > 0 && ` ${active} open ${active === 1 ? 'connection has' : 'connections have'} ${
            view.drainTimeoutMs / 1000} s to end.`}</p></${Confirm}>`;
}
