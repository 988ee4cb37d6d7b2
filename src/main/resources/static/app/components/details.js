import { html, useState } from './html.js';

/**
 * Content that is hidden at first. Opens by itself if it contains an error, and never closes by itself, even once the error is gone.
 *
 * @param hasError whether an input within it has an error
 */
export function Details({ summary, hasError, children }) {
    const [open, setOpen] = useState(false);
    return html`<details open=${open || hasError} onToggle=${event => setOpen(event.currentTarget.open)}>
        <summary>${summary}</summary>${children}</details>`;
}
