import { html } from './html.js';
import { remove } from '../actions.js';
import { Confirm } from './dialog.js';

/** Asks for confirmation and deletes a listener. */
export function DeleteListener({ view, onClose, onDeleted }) {
    const { active } = view.status.connections;
    const confirm = async () => {
        onClose();
        if (await remove(view.name)) {
            onDeleted?.();
        }
    };
    return html`<${Confirm} title=${`Delete ${view.name}?`} verb="Delete" onClose=${onClose} onConfirm=${confirm}>
        <p>This closes its port and deletes its definition and counters.
        ${active > 0 && ` ${active} open ${active === 1 ? 'connection has' : 'connections have'} ${
            view.drainTimeoutMs / 1000} s to finish.`}</p></${Confirm}>`;
}
