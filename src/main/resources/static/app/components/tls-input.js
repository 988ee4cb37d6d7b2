import { html } from './html.js';

/** The form values of plain text. */
export const NO_TLS = { usesTls: false, 'tls.trust': '', 'tls.bundle': '', 'tls.serverName': '', 'tls.alpn': '' };
const TEXTS = ['trust', 'bundle', 'serverName'];

/** The inputs of TLS with a target. */
export function TlsInputs({ form, fields }) {
    return html`<div class="span">${fields.checkbox('usesTls', 'TLS (TCP)', {
        hint: form.to === 'listener' ? 'A listener that uses TLS is always reached over TLS' : null })}</div>
        ${form.usesTls && html`
            ${fields.text('tls.trust', 'Trust', 'system, any, listener (the certificate of the listener) or an SSL bundle',
                { placeholder: form.to === 'listener' ? 'listener' : 'system' })}
            ${fields.text('tls.bundle', 'Client certificate', 'An SSL bundle', { placeholder: 'none' })}
            ${fields.text('tls.serverName', 'Server name', 'Requested (SNI) and verified', { placeholder: 'the host' })}
            ${fields.text('tls.alpn', 'ALPN', 'Separated by commas', { placeholder: 'none' })}`}`;
}

/** The TLS of a form as sent to the API, or undefined for plain text. */
export function tlsOf(form) {
    if (!form.usesTls) {
        return undefined;
    }
    const alpn = form['tls.alpn'].split(',').map(each => each.trim()).filter(each => each !== '');
    return {
        ...Object.fromEntries(TEXTS.map(name => [name, form[`tls.${name}`].trim() || undefined])),
        alpn: alpn.length > 0 ? alpn : undefined,
    };
}

/** The form values of TLS in a request; null for plain text. */
export const tlsForm = tls => (tls ? {
    usesTls: true,
    ...Object.fromEntries(TEXTS.map(name => [`tls.${name}`, tls[name] ?? ''])),
    'tls.alpn': (tls.alpn ?? []).join(', '),
} : NO_TLS);
