import { count, endpoint, micros } from '../../format.js';

/** From when it was sent to the last byte of the answer, in microseconds; null if one was not reached. */
export const answerMicros = ({ sentMicros, lastByteMicros }) =>
    (sentMicros == null || lastByteMicros == null ? null : Math.max(0, lastByteMicros - sentMicros));

const size = ({ bytes }) => (bytes === 1 ? '1 byte' : `${count(bytes)} bytes`);

/** What each outcome means for who reads it. */
const SENTENCES = {
    ok: ({ sent, received, timing }, expecting) => (sent.bytes === 0 && received.bytes === 0
        ? 'It answers: the connection was made and closed, as there was nothing to send.'
        : `${expecting === 'echo' ? `All ${size(sent)} came back unchanged` : `What was expected came back, ${size(received)}`}${
            answerMicros(timing) === null ? '' : `, ${micros(answerMicros(timing))} after it was sent`}.`),
    mismatch: ({ received }) => `An answer of ${size(received)} came, but not the one that was expected.`,
    partial: ({ received }) => `${size(received)} came back, which is not all that was expected; then nothing more in time.`,
    'timeout-connect': () => 'The connection was not made in time: a firewall that drops packets, or a host that is off, looks like this.',
    'timeout-read': ({ target }) => (target.protocol === 'udp'
        ? 'No answer came in time. The datagram or its answer was lost or dropped, or nobody reads there.'
        : 'The connection was made, but nothing came back in time.'),
    refused: ({ target, client }) => (client ? `Nobody listens at ${endpoint(target.address ?? target.host, target.port)}: it refused.`
        : 'Nothing was sent, because nobody would have listened.'),
    reset: () => 'The other side broke the connection off (RST).',
    'closed-early': ({ received }) => `The other side closed the connection (FIN) after ${size(received)}, before all that was expected had come.`,
    unreachable: () => 'There is no way to this host or network.',
    dns: ({ target }) => `The name ${target.host} has no address.`,
    other: () => 'It failed.',
};

/** A report in one sentence, with the API's own words where it has any. */
export function explain(report, expecting) {
    const sentence = (SENTENCES[report.outcome] ?? SENTENCES.other)(report, expecting);
    return report.detail ? `${sentence} (${report.detail})` : sentence;
}
