import { html, useState } from './html.js';

/** A button that copies text to the clipboard. */
export function Copy({ text, label = 'Copy' }) {
    const [result, setResult] = useState(null);
    async function copy() {
        setResult(await toClipboard(text) ? 'Copied' : 'Blocked by the browser');
        setTimeout(() => setResult(null), 2000);
    }
    return html`<button type="button" class="small" onClick=${copy} title=${text.length < 500 ? text : null}>
        <span aria-live="polite">${result ?? label}</span></button>`;
}

async function toClipboard(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        // The Clipboard API requires a secure context: over plain HTTP only the legacy command is available.
        const area = document.createElement('textarea');
        area.value = text;
        document.body.append(area);
        area.select();
        const copied = document.execCommand('copy');
        area.remove();
        return copied;
    }
}
