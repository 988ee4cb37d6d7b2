import { html, useEffect, useRef } from './html.js';

/** A modal dialog. Escape and the close button call onClose; the browser traps the focus and restores it afterwards. */
export function Dialog({ title, onClose, children, wide }) {
    const dialog = useRef();
    useEffect(() => {
        const { current } = dialog;
        current.showModal();
        current.querySelector('[data-first]')?.focus();
        // The browser restores the focus only if the dialog is closed before it is removed.
        return () => current.close();
    }, []);
    const onCancel = event => {
        event.preventDefault();
        onClose();
    };
    return html`<dialog ref=${dialog} class=${wide ? 'wide' : null} aria-labelledby="dialog-title" onCancel=${onCancel}>
        <div class="dialog-head"><h2 id="dialog-title">${title}</h2>
            <button type="button" class="quiet" aria-label="Close" onClick=${onClose}>✕</button></div>
        ${children}
    </dialog>`;
}

/** Asks for confirmation before an action that cannot be undone. */
export function Confirm({ title, children, verb, onConfirm, onClose }) {
    return html`<${Dialog} title=${title} onClose=${onClose}>
        <div class="dialog-body">${children}</div>
        <div class="dialog-foot">
            <button type="button" data-first onClick=${onClose}>Cancel</button>
            <button type="button" class="danger" onClick=${onConfirm}>${verb}</button>
        </div>
    </${Dialog}>`;
}
