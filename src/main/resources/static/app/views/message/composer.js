import { html } from '../../components/html.js';
import { ADMIN_ONLY, useIsAdmin } from '../../access.js';
import { AdminButton } from '../../components/admin-button.js';
import { Details } from '../../components/details.js';
import { unassignedErrors } from '../../components/field.js';
import { fieldsOf } from '../../components/fields.js';
import { protocolOf, Target } from '../../components/target.js';
import { ProxyHeaderInputs } from '../../components/proxy-header-input.js';
import { TlsInputs } from '../../components/tls-input.js';
import { BLANK } from './draft.js';

const FIELDS = Object.keys(BLANK);

/** The form of a test message. */
export function Composer({ draft, setDraft, listeners, error, sending, onSend }) {
    const fields = fieldsOf(draft, (name, value) => setDraft({ ...draft, [name]: value }), error);
    const isAdmin = useIsAdmin();
    const otherErrors = unassignedErrors(error, FIELDS);
    const send = event => {
        event.preventDefault();
        if (isAdmin) {
            onSend();
        }
    };
    /** Ctrl + Enter also submits from a text area, where Enter inserts a line break. */
    const onKeyDown = event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            send(event);
        }
    };
    return html`<form class="card stack" onSubmit=${send} onKeyDown=${onKeyDown} novalidate aria-label="Message">
        <${Target} form=${draft} fields=${fields} listeners=${listeners} />
        ${fields.segments('kind', 'Payload', [['text', 'Text'], ['hex', 'Hex'], ['base64', 'Base64'], ['size', 'Random']])}
        <${Payload} draft=${draft} fields=${fields} />
        ${fields.segments('expecting', 'Expected reply', [['echo', 'Echo'], ['text', 'Text'], ['hex', 'Hex'], ['contains', 'Contains']])}
        ${draft.expecting !== 'echo' && fields.text(`expect.${draft.expecting}`, EXPECTED[draft.expecting], null)}
        <${Details} summary="Advanced settings" hasError=${hasAdvancedErrors(error)}>
            <div class="details-body inputs">
                ${fields.number('timeoutMs', 'Read timeout (ms)', null, '2000')}
                ${fields.number('connectTimeoutMs', 'Connect timeout (ms)', null, '2000')}
                ${fields.number('repeat', 'Repetitions', 'All on the same socket', '1')}
                ${fields.number('sourcePort', 'Source port', '0: chosen by the system', '0')}
                ${protocolOf(draft, listeners) !== 'udp' && html`<div class="span">
                    ${fields.checkbox('halfClose', 'Half-close the connection after sending (TCP)', { hint: 'Sends FIN, then reads until the peer’s FIN' })}</div>
                    <${ProxyHeaderInputs} form=${draft} fields=${fields} />
                    <${TlsInputs} form=${draft} fields=${fields} />`}
            </div>
        </${Details}>
        ${otherErrors && html`<p class="form-error" role="alert" tabindex="-1">${otherErrors}</p>`}
        <div class="form-end">
            <${AdminButton} class="primary" aria-disabled=${sending}>${sending ? 'Sending…' : 'Send'}</${AdminButton}>
            <span class="hint">${isAdmin ? 'Ctrl + Enter' : ADMIN_ONLY}</span>
        </div>
    </form>`;
}

const EXPECTED = { text: 'Exact text', hex: 'Exact bytes in hex', contains: 'Text contained in the reply' };

function Payload({ draft, fields }) {
    switch (draft.kind) {
        case 'hex': return fields.area('hex', 'Bytes in hex', 'May be separated by spaces, colons or 0x', { placeholder: '48 65 6c 6c 6f', class: 'mono' });
        case 'base64': return fields.area('base64', 'Bytes in Base64', null, { placeholder: 'SGVsbG8=', class: 'mono' });
        case 'size': return fields.number('size', 'Random bytes', 'Up to 65,536 by default (canyon.limits.message-bytes)', '0');
        default: return html`${fields.area('text', 'Text', 'Empty over TCP: only tests the connection')}
            ${fields.text('charset', 'Charset', null, { placeholder: 'utf-8' })}`;
    }
}

const hasAdvancedErrors = error => Boolean(error?.errors.some(({ field }) =>
    ['timeoutMs', 'connectTimeoutMs', 'repeat', 'sourcePort', 'halfClose'].includes(field) || /^(proxyProtocol|tls)/.test(field)));
