import { html } from './html.js';
import { ADMIN_ONLY, useIsAdmin } from '../access.js';

/** A button that makes a change: disabled for a viewer, with the reason. */
export function AdminButton({ children, disabled, title, ...attributes }) {
    const isAdmin = useIsAdmin();
    return html`<button ...${attributes} disabled=${disabled || !isAdmin} title=${isAdmin ? title : ADMIN_ONLY}>${children}</button>`;
}
