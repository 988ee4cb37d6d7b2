import { html } from '../../parts/html.js';
import { call, listenerPath } from '../../api.js';
import { bytes, count, endpoint, millis } from '../../format.js';
import { usePolled } from '../../poll.js';
import { Ago } from '../../parts/time.js';
import { complain } from '../../parts/toast.js';

const SHOWN = 100;

/** Who is connected, or who sent datagrams of late. */
export function Connections({ view }) {
    const { name, protocol, status } = view;
    const tcp = protocol === 'tcp';
    const { value, refusal, again } = usePolled(listenerPath(name, `/connections?limit=${SHOWN}`), 2000);
    const close = (connection, mode) => async () => {
        try {
            await call('DELETE', listenerPath(name, `/connections/${connection.id}?mode=${mode}`),
                { summary: `${mode === 'fin' ? 'Closed' : 'Reset'} connection ${connection.id} of ${name}` });
        } catch (refused) {
            complain(refused.message);
        }
        again();
    };
    const items = value?.items ?? [];
    return html`<section class="card" aria-labelledby="connections">
        <div class="card-head"><h2 id="connections">${tcp ? 'Open connections' : 'Recent sources'}</h2>
            <span class="muted">${value?.nextCursor ? `the first ${SHOWN} of ${count(tcp ? status.connections.active : 0)}` : ''}</span></div>
        ${!value ? html`<p class="muted">${refusal?.message ?? 'Reading…'}</p>`
            : items.length === 0 ? html`<p class="muted">${tcp ? 'Nobody is connected.' : 'No datagram has come of late.'}</p>`
            : html`<div class="scroll tall" tabindex="0" role="region" aria-labelledby="connections"><table>
                <thead><tr><th>Peer</th><th class="roomy">${tcp ? 'Opened' : 'First seen'}</th><th class="num">In</th><th class="num roomy">Out</th>
                    ${tcp && html`<th class="num roomy" title="Waits for the peer to take it">Pending</th>`}<th class="num roomy">Idle</th>
                    ${tcp && html`<th><span class="hidden-text">Actions</span></th>`}</tr></thead>
                <tbody>${items.map(each => html`<tr key=${each.id}>
                    <td class="mono">${endpoint(each.remoteAddress, each.remotePort)}</td>
                    <td class="nowrap roomy"><${Ago} at=${each.openedAt} /></td>
                    <td class="num" title=${`${count(each.receivedBytes)} bytes`}>${bytes(each.receivedBytes)}</td>
                    <td class="num roomy" title=${`${count(each.sentBytes)} bytes`}>${bytes(each.sentBytes)}</td>
                    ${tcp && html`<td class="num roomy">${bytes(each.pendingBytes)}</td>`}
                    <td class="num roomy">${millis(each.idleMs)}</td>
                    ${tcp && html`<td class="num"><span class="pair-buttons">
                        <button class="small" title="Send FIN: the peer reads to the end" aria-label=${`Close connection ${each.id} with FIN`} onClick=${close(each, 'fin')}>FIN</button>
                        <button class="small" title="Send RST: the peer sees a broken connection" aria-label=${`Reset connection ${each.id} with RST`} onClick=${close(each, 'reset')}>RST</button></span></td>`}
                </tr>`)}</tbody></table></div>`}
    </section>`;
}
