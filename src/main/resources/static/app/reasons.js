// Explanations of the close and drop reasons that the API counts.

export const CLOSED = {
    client: 'The client closed its side after receiving all replies.',
    probe: 'The client closed within a second and sent nothing, for example a health check.',
    idle: 'No data was received or sent within the idle timeout.',
    'write-stall': 'The client did not read its replies within the write stall timeout.',
    drain: 'The listener stopped or its socket was replaced.',
    operator: 'Closed through the API or this dashboard.',
    fault: 'Ended by a fault, on purpose.',
    answered: 'The reply closes the connection after its answer.',
    framing: 'A message was longer than the longest frame, or did not fit in memory.',
    error: 'I/O error, for example a reset by the client.',
};

export const REJECTED = 'Closed before any data was read: connection limit reached, source not allowed, or no PROXY header or TLS handshake.';

export const DROPPED = {
    'port-zero': 'Source port 0, to which no reply can be sent.',
    'bad-source': 'Invalid source address, such as a broadcast address.',
    'not-allowed': 'Source not in the allowed sources.',
    'own-endpoint': 'Sent by one of Canyon’s own UDP listeners; replying would cause an endless loop.',
    'reserved-port': 'Reserved source port, where another echo or chargen service may run.',
    oversize: 'Larger than the buffer size of the listener.',
    rate: 'Source exceeded its rate limit.',
    empty: 'Empty datagram, and replies to empty datagrams are disabled.',
    discard: 'The listener discards what it receives.',
    'not-stamp': 'Too short for a test packet of STAMP.',
    amplification: 'The reply would be longer than the datagram; needs a loopback address or allowed sources.',
    'queue-full': 'The queue of replies, or that of a fault, was full.',
    fault: 'Dropped by a fault, on purpose.',
    'send-error': 'The reply could not be sent.',
    kernel: 'Dropped by the kernel because the receive buffer was full.',
};
