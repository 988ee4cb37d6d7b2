import { html } from './html.js';
import { fieldsOf } from './fields.js';

/** What a listener is made of, as fields of a form. */
export function DefinitionFields({ form, setForm, refusal, isNew }) {
    const { text, number, area, segments, tick } = fieldsOf(form, (name, value) => setForm({ ...form, [name]: value }), refusal);
    return html`
        <div class="pair">
            ${text('name', 'Name', isNew ? 'a-z, 0-9 and -, 63 at most' : null, { disabled: !isNew, 'data-first': true })}
            ${segments('protocol', 'Protocol', [['tcp', 'TCP'], ['udp', 'UDP']], !isNew)}
        </div>
        <div class="pair">
            ${text('host', 'Address', '0.0.0.0 is every IPv4 address, :: every IPv6 one', { placeholder: '127.0.0.1, unless configured' })}
            ${number('port', 'Port', '0: the system chooses one', '7010')}
        </div>
        ${text('description', 'Description', null)}
        <div class="pair">
            ${area('labels', 'Labels', 'key=value, one a line', { placeholder: 'team=net', rows: 2 })}
            ${area('allowedSources', 'Allowed sources', 'Networks that may talk to it; empty: everyone', { placeholder: '10.0.0.0/8', rows: 2 })}
        </div>
        ${tick('enabled', 'Open now and after each restart', true)}
        <details open=${isTouched(refusal)}><summary>Limits and timeouts</summary>
            <div class="limits">
                ${number('bufferBytes', form.protocol === 'tcp' ? 'Largest read (bytes)' : 'Largest datagram echoed (bytes)', null, '65536')}
                ${number('drainTimeoutMs', 'Drain timeout (ms)', null, '5000')}
                ${form.protocol === 'tcp' ? html`
                    ${number('tcp.backlog', 'Backlog', null, '1024')}
                    ${number('tcp.idleTimeoutMs', 'Idle timeout (ms)', '0: never', '300000')}
                    ${number('tcp.writeStallTimeoutMs', 'Write stall timeout (ms)', '0: never', '60000')}
                    ${number('tcp.maxConnections', 'Connections at most', '0: no limit', '10000')}
                    ${number('tcp.maxConnectionsPerSource', 'Connections per source', '0: no limit', '0')}
                    <div class="ticks">${tick('tcp.noDelay', 'No delay (TCP_NODELAY)', true)}${tick('tcp.keepAlive', 'Keep-alive')}</div>`
                : html`
                    ${number('udp.maxDatagramsPerSecondPerSource', 'Datagrams/s per source', '0: no limit', '0')}
                    <div class="ticks">${tick('udp.replyToEmpty', 'Answer empty datagrams', true)}${tick('udp.replyToReservedPorts', 'Answer reserved ports')}</div>`}
            </div>
        </details>`;
}

/** Whether a fault is in what is folded away. */
const isTouched = refusal => Boolean(refusal?.errors.some(({ field }) => /^(tcp|udp|bufferBytes|drainTimeoutMs)/.test(field)));
