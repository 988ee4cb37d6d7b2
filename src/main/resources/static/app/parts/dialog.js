import { html, useEffect, useRef } from './html.js';

/** A dialog over the page. Escape and the cross call onClose; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children, wide }) {
    const dialog = useRef();
    useEffect(() => {
        const { current } = dialog;
        current.showModal();
        current.querySelector('[data-first]')?.focus();
        // Only a dialog that is closed, not one that is merely taken away, gives the focus back.
        return () => current.close();
    }, []);
    const cancelled = event => {
        event.preventDefault();
        onClose();
    };
    return html`<dialog ref=${dialog} class=${wide ? 'wide' : null} aria-labelledby="dialog-title" onCancel=${cancelled}>
        <div class="dialog-head"><h2 id="dialog-title">${title}</h2>
            <button type="button" class="quiet" aria-label="Close" onClick=${onClose}>✕</button></div>
        ${children}
    </dialog>`;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, children, verb, onConfirm, onClose }) {
    return html`<${Dialog} title=${title} onClose=${onClose}>
        <div class="dialog-body">${children}</div>
        <div class="dialog-foot">
            <button type="button" data-first onClick=${onClose}>Cancel</button>
            <button type="button" class="danger" onClick=${onConfirm}>${verb}</button>
        </div>
    </${Dialog}>`;
}
