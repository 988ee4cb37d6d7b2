import { html } from '../../components/html.js';
import { call, listenerPath } from '../../api.js';
import { bytes, count, endpoint, millis } from '../../format.js';
import { usePolled } from '../../poll.js';
import { AdminButton } from '../../components/admin-button.js';
import { RelativeTime } from '../../components/relative-time.js';
import { showError } from '../../components/toast.js';

const LIMIT = 100;

/** How a proxy has passed a connection on, as it says in the PROXY header. */
function Proxy({ connection: { proxyAddress, proxyPort, proxyHeader } }) {
    if (!proxyHeader) {
        return null;
    }
    const { version, command, authority, alpn, uniqueId, tls } = proxyHeader;
    const facts = [
        proxyAddress ? `via ${endpoint(proxyAddress, proxyPort)}` : command === 'local' ? 'the proxy itself' : 'client unknown to the proxy',
        `PROXY v${version}`,
        tls && [tls.protocol ?? 'TLS', tls.commonName && `CN=${tls.commonName}`].filter(Boolean).join(' '),
        authority, alpn, uniqueId && `id ${uniqueId}`,
    ];
    return html`<div class="muted">${facts.filter(Boolean).join(', ')}</div>`;
}

/** The open connections, or the recent sources of datagrams. */
export function Connections({ view }) {
    const { name, protocol, status } = view;
    const tcp = protocol === 'tcp';
    const { value, error, reload } = usePolled(listenerPath(name, `/connections?limit=${LIMIT}`), 2000);
    const close = (connection, mode) => async () => {
        try {
            await call('DELETE', listenerPath(name, `/connections/${connection.id}?mode=${mode}`),
                { summary: `${mode === 'fin' ? 'Closed' : 'Reset'} connection ${connection.id} of ${name}` });
        } catch (failure) {
            showError(failure.message);
        }
        reload();
    };
    const items = value?.items ?? [];
    return html`<section class="card" aria-labelledby="connections">
        <div class="card-head"><h2 id="connections">${tcp ? 'Open connections' : 'Recent sources'}</h2>
            <span class="muted">${value?.nextCursor ? tcp ? `first ${LIMIT} of ${count(status.connections.active)}` : `first ${LIMIT}` : ''}</span></div>
        ${!value ? html`<p class="muted">${error?.message ?? 'Loading…'}</p>`
            : items.length === 0 ? html`<p class="muted">${tcp ? 'No open connections.' : 'No recent datagrams.'}</p>`
            : html`<div class="scroll scroll-box" tabindex="0" role="region" aria-labelledby="connections"><table>
                <thead><tr><th>Peer</th><th class="wide-only">${tcp ? 'Opened' : 'First seen'}</th><th class="num">Received</th><th class="num wide-only">Sent</th>
                    ${tcp && html`<th class="num wide-only" title="Reply data that the peer has not read yet">Pending</th>`}<th class="num wide-only">Idle</th>
                    ${tcp && html`<th><span class="hidden-text">Actions</span></th>`}</tr></thead>
                <tbody>${items.map(each => html`<tr key=${each.id}>
                    <td class="mono">${endpoint(each.remoteAddress, each.remotePort)}<${Proxy} connection=${each} /></td>
                    <td class="nowrap wide-only"><${RelativeTime} at=${each.openedAt} /></td>
                    <td class="num" title=${`${count(each.receivedBytes)} bytes`}>${bytes(each.receivedBytes)}</td>
                    <td class="num wide-only" title=${`${count(each.sentBytes)} bytes`}>${bytes(each.sentBytes)}</td>
                    ${tcp && html`<td class="num wide-only">${bytes(each.pendingBytes)}</td>`}
                    <td class="num wide-only">${millis(each.idleMs)}</td>
                    ${tcp && html`<td class="num"><span class="pair-buttons">
                        <${AdminButton} class="small" title="Close with FIN: the peer can read all pending data" aria-label=${`Close connection ${each.id} with FIN`} onClick=${close(each, 'fin')}>FIN</${AdminButton}>
                        <${AdminButton} class="small" title="Abort with RST: the peer sees a connection reset" aria-label=${`Reset connection ${each.id} with RST`} onClick=${close(each, 'reset')}>RST</${AdminButton}></span></td>`}
                </tr>`)}</tbody></table></div>`}
    </section>`;
}
