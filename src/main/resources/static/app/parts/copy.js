import { html, useState } from './html.js';

/** A button that copies text. */
export function Copy({ text, label = 'Copy' }) {
    const [said, setSaid] = useState(null);
    async function copy() {
        setSaid(await toClipboard(text) ? 'Copied' : 'Not allowed by the browser');
        setTimeout(() => setSaid(null), 2000);
    }
    return html`<button type="button" class="small" onClick=${copy} title=${text.length < 500 ? text : null}>
        <span aria-live="polite">${said ?? label}</span></button>`;
}

async function toClipboard(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        // Over plain HTTP to another machine there is no clipboard but the old one.
        const area = document.createElement('textarea');
        area.value = text;
        document.body.append(area);
        area.select();
        const copied = document.execCommand('copy');
        area.remove();
        return copied;
    }
}
