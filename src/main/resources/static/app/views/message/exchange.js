import { html, useMemo, useState } from '../../parts/html.js';
import { count, fromBase64 } from '../../format.js';
import { Hex } from '../../parts/hex.js';
import { Segments } from '../../parts/fields.js';
import { compare, pieces } from './comparison.js';

/** Beyond this a browser gets slow; a click shows the rest. */
const SHOWN_BYTES = 2048;

/**
 * What was sent beside what came back, with the differences marked.
 *
 * @param expected the bytes that should have come back, or null where that is no question of single bytes
 */
export function Exchange({ sent, received, expected }) {
    const bytes = useMemo(() => ({ sent: fromBase64(sent.base64), received: fromBase64(received.base64) }), [sent, received]);
    const reference = expected ?? bytes.received;
    const difference = useMemo(() => compare(reference, bytes.received), [reference, bytes]);
    const isText = sent.text !== null && received.text !== null;
    const [chosen, setChosen] = useState(null);
    const form = chosen ?? (isText ? 'text' : 'hex');
    const isEcho = expected && compare(expected, bytes.sent).first < 0;
    return html`<section class="card" aria-label="Sent and received">
        <div class="card-head"><h2>Sent and received</h2>
            <div class="end"><${Segments} name="shown-as" label="Shown as" hideLabel value=${form} onChange=${setChosen}
                options=${[['text', 'Text'], ['hex', 'Hex']]} /></div></div>
        <p class="difference">${difference.first < 0 ? (expected ? 'No difference.' : ' ')
            : html`<span class="differs">Marked</span>: what differs${isEcho ? '' : ' from what was expected'}, from byte ${count(difference.first)} on.`}</p>
        <div class=${`exchange in-${form}`}>
            <${Side} title="Sent" data=${bytes.sent} text=${sent.text} form=${form} marked=${isEcho ? difference.inA : () => false} />
            ${expected && !isEcho && html`<${Side} title="Expected" data=${expected} text=${decoded(expected)} form=${form} marked=${difference.inA} />`}
            <${Side} title="Received" data=${bytes.received} text=${received.text} form=${form} marked=${difference.inB} />
        </div>
    </section>`;
}

function Side({ title, data, text, form, marked }) {
    const [all, setAll] = useState(false);
    const shown = all ? data : data.subarray(0, SHOWN_BYTES);
    return html`<div class="side"><h3>${title} <span class="muted">${count(data.length)} ${data.length === 1 ? 'byte' : 'bytes'}</span></h3>
        ${form === 'hex' ? html`<${Hex} data=${shown} marked=${marked} label=${`${title}, in hex`} />`
            : html`<${Text} text=${shown === data ? text : text && decoded(shown)} size=${data.length} marked=${marked} label=${`${title}, as text`} />`}
        ${shown.length < data.length && html`<button type="button" class="small" onClick=${() => setAll(true)}>
            Show all, not only the first ${count(SHOWN_BYTES)}</button>`}
    </div>`;
}

function Text({ text, size, marked, label }) {
    if (size === 0) {
        return html`<p class="muted">No bytes</p>`;
    }
    if (text === null) {
        return html`<p class="muted">This is no text in UTF-8: see it in hex.</p>`;
    }
    return html`<pre class="hex wrapped" tabindex="0" role="region" aria-label=${label}>${pieces(text, marked).map(piece =>
        html`<span class=${piece.marked ? 'differs' : null}>${piece.text}</span>`)}</pre>`;
}

/** Also where the end cuts a character. */
const decoded = data => new TextDecoder().decode(data);
