import { html } from '../../components/html.js';
import { serverTime } from '../../clock.js';

const DAY = 86_400_000;

/** What TLS has negotiated, and the certificates of the peer. */
export function Tls({ tls }) {
    return html`<section class="card" aria-label="TLS"><div class="card-head"><h2>TLS</h2></div>
        <dl class="endpoints">
            ${tls.failure && html`<div><dt>Failed</dt><dd class="bad">${tls.failure}</dd></div>`}
            <div><dt>Version</dt><dd>${tls.protocol ?? '–'}</dd></div>
            <div><dt>Cipher suite</dt><dd>${tls.cipher ?? '–'}</dd></div>
            <div><dt>ALPN</dt><dd>${tls.alpn ?? '–'}</dd></div>
            <div><dt>Server name sent</dt><dd>${tls.serverName ?? '–'}</dd></div>
            <div><dt>Client certificate</dt><dd>${tls.clientCertificateRequested ? 'requested' : 'not requested'}</dd></div>
            ${tls.truncated && html`<div><dt>End</dt><dd>without close_notify: bytes may be missing</dd></div>`}
        </dl>
        ${tls.certificates.length > 0 && html`<div class="scroll"><table class="compact">
            <thead><tr><th>Certificate of the peer</th><th>Names</th><th>Expires</th><th>SHA-256</th></tr></thead>
            <tbody>${tls.certificates.map(each => html`<tr key=${each.sha256}>
                <td>${each.subject}<div class="muted">issued by ${each.issuer}</div></td>
                <td>${each.names.join(', ') || '–'}</td>
                <td>${expiry(each)}</td>
                <td class="mono" title=${each.sha256}>${each.sha256.slice(0, 16)}…</td></tr>`)}</tbody></table></div>`}
    </section>`;
}

function expiry({ notAfter }) {
    const days = Math.floor((Date.parse(notAfter) - serverTime()) / DAY);
    const when = days < 0 ? 'expired' : `in ${days} ${days === 1 ? 'day' : 'days'}`;
    return html`<span class=${days < 14 ? 'bad' : null} title=${notAfter}>${notAfter.slice(0, 10)} (${when})</span>`;
}
