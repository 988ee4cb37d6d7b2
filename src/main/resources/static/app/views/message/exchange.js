import { html, useMemo, useState } from '../../components/html.js';
import { count, fromBase64 } from '../../format.js';
import { Hex } from '../../components/hex.js';
import { Segments } from '../../components/fields.js';
import { compare, segments } from './byte-diff.js';

/** Rendering more is slow; a button shows the rest. */
const PREVIEW_BYTES = 2048;

/**
 * The sent data next to the received data, with differences highlighted.
 *
 * @param expected the expected bytes, or null if the expectation is not an exact byte sequence
 */
export function Exchange({ sent, received, expected }) {
    const bytes = useMemo(() => ({ sent: fromBase64(sent.base64), received: fromBase64(received.base64) }), [sent, received]);
    const reference = expected ?? bytes.received;
    const difference = useMemo(() => compare(reference, bytes.received), [reference, bytes]);
    const isText = sent.text !== null && received.text !== null;
    const [selected, setSelected] = useState(null);
    const format = selected ?? (isText ? 'text' : 'hex');
    const isEcho = expected && compare(expected, bytes.sent).first < 0;
    return html`<section class="card" aria-label="Sent and received">
        <div class="card-head"><h2>Sent and received</h2>
            <div class="end"><${Segments} name="format" label="Format" hideLabel value=${format} onChange=${setSelected}
                options=${[['text', 'Text'], ['hex', 'Hex']]} /></div></div>
        <p class="difference">${difference.first < 0 ? (expected ? 'No differences.' : ' ')
            : html`<span class="differs">Highlighted</span>: differences${isEcho ? '' : ' from the expected reply'}, first at byte offset ${count(difference.first)}.`}</p>
        <div class=${`exchange in-${format}`}>
            <${Side} title="Sent" data=${bytes.sent} text=${sent.text} format=${format} marked=${isEcho ? difference.inA : () => false} />
            ${expected && !isEcho && html`<${Side} title="Expected" data=${expected} text=${decoded(expected)} format=${format} marked=${difference.inA} />`}
            <${Side} title="Received" data=${bytes.received} text=${received.text} format=${format} marked=${difference.inB} />
        </div>
    </section>`;
}

function Side({ title, data, text, format, marked }) {
    const [all, setAll] = useState(false);
    const shown = all ? data : data.subarray(0, PREVIEW_BYTES);
    return html`<div class="side"><h3>${title} <span class="muted">${count(data.length)} ${data.length === 1 ? 'byte' : 'bytes'}</span></h3>
        ${format === 'hex' ? html`<${Hex} data=${shown} marked=${marked} label=${`${title}, in hex`} />`
            : html`<${Text} text=${shown === data ? text : text && decoded(shown)} size=${data.length} marked=${marked} label=${`${title}, as text`} />`}
        ${shown.length < data.length && html`<button type="button" class="small" onClick=${() => setAll(true)}>
            Show all ${count(data.length)} bytes</button>`}
    </div>`;
}

function Text({ text, size, marked, label }) {
    if (size === 0) {
        return html`<p class="muted">No bytes</p>`;
    }
    if (text === null) {
        return html`<p class="muted">Not valid UTF-8; select Hex to view it.</p>`;
    }
    return html`<pre class="hex wrapped" tabindex="0" role="region" aria-label=${label}>${segments(text, marked).map(segment =>
        html`<span class=${segment.marked ? 'differs' : null}>${segment.text}</span>`)}</pre>`;
}

/** Tolerates a character truncated at the end. */
const decoded = data => new TextDecoder().decode(data);
