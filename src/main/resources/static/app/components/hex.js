import { html } from './html.js';
import { hexLines } from '../format.js';

/**
 * A hex dump: offset, bytes and text.
 *
 * @param data a Uint8Array
 * @param marked whether the byte at an offset is highlighted
 */
export function Hex({ data, marked = () => false, label = 'Bytes' }) {
    if (data.length === 0) {
        return html`<p class="muted">No bytes</p>`;
    }
    return html`<pre class="hex" tabindex="0" role="region" aria-label=${label}>${hexLines(data).map((line, row) => html`
        <span class="hex-line"><span class="hex-offset">${line.offset}  </span>${line.hex.map((byte, i) => html`
            <span class=${marked(row * 16 + i) ? 'differs' : null}>${`${byte}${i === 7 ? '  ' : ' '}`}</span>`)}
            ${' '.repeat((16 - line.hex.length) * 3 + (line.hex.length <= 7 ? 1 : 0) + 1)}
            <span class="hex-text">${line.text}</span>${'\n'}</span>`)}</pre>`;
}
