import { count, endpoint, micros } from '../../format.js';

/** The response time, from sending to the last byte of the reply, in microseconds; null if there was no reply. */
export const responseMicros = ({ sentMicros, lastByteMicros }) =>
    (sentMicros == null || lastByteMicros == null ? null : Math.max(0, lastByteMicros - sentMicros));

const size = ({ bytes }) => (bytes === 1 ? '1 byte' : `${count(bytes)} bytes`);

/** An explanation of each outcome. */
const EXPLANATIONS = {
    ok: ({ sent, received, timing }, expecting) => (sent.bytes === 0 && received.bytes === 0
        ? 'Connected and closed; there was no data to send.'
        : `${expecting === 'echo' ? `All ${size(sent)} were echoed unchanged` : `Received the expected reply of ${size(received)}`}${
            responseMicros(timing) === null ? '' : ` in ${micros(responseMicros(timing))}`}.`),
    mismatch: ({ received }) => `Received a reply of ${size(received)}, but not the expected one.`,
    partial: ({ received }) => `Received only ${size(received)} of the expected reply before the read timeout.`,
    'timeout-connect': () => 'Connect timeout. A firewall may be dropping packets, or the host may be down.',
    'timeout-read': ({ target }) => (target.protocol === 'udp'
        ? 'Read timeout. The datagram or its reply was lost or dropped, or no process is listening on the port.'
        : 'Connected, but received no reply before the read timeout.'),
    refused: ({ target, client }) => (client ? `Connection refused: no process is listening on ${endpoint(target.address ?? target.host, target.port)}.`
        : 'Not sent: the listener is not running.'),
    reset: () => 'The peer reset the connection (RST).',
    'tls-failed': ({ tls }) => (tls?.protocol ? 'TLS failed after the handshake.' : 'The TLS handshake failed.'),
    'closed-early': ({ received }) => `The peer closed the connection (FIN) after ${size(received)}, before sending the complete expected reply.`,
    unreachable: () => 'Host or network unreachable.',
    dns: ({ target }) => `Could not resolve ${target.host}.`,
    other: () => 'The message failed.',
};

/** A one-sentence summary of a report, followed by its detail, if any. */
export function explain(report, expecting) {
    const sentence = (EXPLANATIONS[report.outcome] ?? EXPLANATIONS.other)(report, expecting);
    return report.detail ? `${sentence} (${report.detail})` : sentence;
}
