import { html } from './html.js';
import { numberOf } from './fields.js';

/** The form values without a header. */
export const NO_PROXY_HEADER = { sendsProxyHeader: false, 'proxyProtocol.version': '', 'proxyProtocol.source': '', 'proxyProtocol.destination': '' };

/** The inputs of the PROXY header that each connection begins with. */
export function ProxyHeaderInputs({ form, fields }) {
    return html`<div class="span">${fields.checkbox('sendsProxyHeader', 'PROXY header (TCP)', {
        hint: 'Begins each connection as a proxy or load balancer does' })}</div>
        ${form.sendsProxyHeader && html`
            ${fields.number('proxyProtocol.version', 'Header version', '1 or 2', '2')}
            ${fields.text('proxyProtocol.source', 'Header source', 'Address and port of the client; empty: a health check of the proxy', { placeholder: '192.0.2.7:4711' })}
            ${fields.text('proxyProtocol.destination', 'Header destination', 'Address and port that the client connected to', { placeholder: 'the target' })}`}`;
}

/** The header of a form as sent to the API, or undefined for none. */
export const proxyHeaderOf = form => (form.sendsProxyHeader ? {
    version: numberOf(form['proxyProtocol.version']),
    source: form['proxyProtocol.source'].trim() || undefined,
    destination: form['proxyProtocol.destination'].trim() || undefined,
} : undefined);

/** The form values of the header in a request; null for none. */
export const proxyHeaderForm = header => (header ? {
    sendsProxyHeader: true,
    'proxyProtocol.version': String(header.version ?? ''),
    'proxyProtocol.source': header.source ?? '',
    'proxyProtocol.destination': header.destination ?? '',
} : NO_PROXY_HEADER);
