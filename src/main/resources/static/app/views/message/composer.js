import { html } from '../../parts/html.js';
import { faultsOf, remainder } from '../../parts/field.js';
import { fieldsOf } from '../../parts/fields.js';
import { protocolOf, Target } from '../../parts/target.js';
import { BLANK } from './draft.js';

const SHOWN = Object.keys(BLANK);

/** The form of a message. */
export function Composer({ draft, setDraft, listeners, refusal, sending, onSend }) {
    const fields = fieldsOf(draft, (name, value) => setDraft({ ...draft, [name]: value }), refusal);
    const rest = remainder(refusal, SHOWN);
    const send = event => {
        event.preventDefault();
        onSend();
    };
    /** From a text area too: there Enter is part of the text. */
    const keyed = event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            send(event);
        }
    };
    return html`<form class="card stack" onSubmit=${send} onKeyDown=${keyed} novalidate aria-label="Message">
        <${Target} form=${draft} fields=${fields} listeners=${listeners} />
        ${fields.segments('kind', 'Payload', [['text', 'Text'], ['hex', 'Hex'], ['base64', 'Base64'], ['size', 'Random']])}
        <${Payload} draft=${draft} fields=${fields} />
        ${fields.segments('expecting', 'Expect back', [['echo', 'Echo'], ['text', 'Text'], ['hex', 'Hex'], ['contains', 'Contains']])}
        ${draft.expecting !== 'echo' && fields.text(`expect.${draft.expecting}`, EXPECTED[draft.expecting], null)}
        <details open=${isFolded(refusal)}><summary>Timeouts, repeats and more</summary>
            <div class="details-body inputs">
                ${fields.number('timeoutMs', 'Answer timeout (ms)', null, '2000')}
                ${fields.number('connectTimeoutMs', 'Connect timeout (ms)', null, '2000')}
                ${fields.number('repeat', 'Times to send it', 'On one socket', '1')}
                ${fields.number('sourcePort', 'From local port', '0: the system chooses', '0')}
                ${protocolOf(draft, listeners) !== 'udp' && html`<div class="span">
                    ${fields.tick('halfClose', 'Send FIN after it, and read until the other side’s FIN (TCP)')}
                    <p class="fault">${faultsOf('halfClose', refusal).join('. ')}</p></div>`}
            </div>
        </details>
        ${rest && html`<p class="form-fault" role="alert" tabindex="-1">${rest}</p>`}
        <div class="form-end">
            <button class="primary" aria-disabled=${sending}>${sending ? 'Sending…' : 'Send'}</button>
            <span class="hint">Ctrl + Enter</span>
        </div>
    </form>`;
}

const EXPECTED = { text: 'Exactly this text', hex: 'Exactly these bytes, in hex', contains: 'This text anywhere in the answer' };

function Payload({ draft, fields }) {
    switch (draft.kind) {
        case 'hex': return fields.area('hex', 'Bytes in hex', 'Spaces, colons and 0x may stand between them', { placeholder: '48 65 6c 6c 6f', class: 'mono' });
        case 'base64': return fields.area('base64', 'Bytes in Base64', null, { placeholder: 'SGVsbG8=', class: 'mono' });
        case 'size': return fields.number('size', 'Random bytes', '65,536 at most, unless configured', '0');
        default: return html`${fields.area('text', 'Text', 'Nothing on TCP tests the connection alone')}
            ${fields.text('charset', 'Charset', null, { placeholder: 'utf-8' })}`;
    }
}

const isFolded = refusal => Boolean(refusal?.errors.some(({ field }) =>
    ['timeoutMs', 'connectTimeoutMs', 'repeat', 'sourcePort', 'halfClose'].includes(field)));
