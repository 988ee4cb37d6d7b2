// What the counters of the API mean, in a sentence each.

export const CLOSED = {
    client: 'The client ended its side and got everything back.',
    idle: 'Nothing came for as long as the idle timeout.',
    'write-stall': 'The client took nothing of its echo for as long as the write stall timeout.',
    drain: 'The listener was stopped or got another socket.',
    operator: 'Somebody closed it, over the API or on this page.',
    error: 'It broke, for example by a reset of the client.',
};

export const REJECTED = 'Closed before a byte was read: too many connections, or a source that is not allowed.';

export const DROPPED = {
    'port-zero': 'The source port was 0, where no answer can go.',
    'bad-source': 'The source is an address that no host sends from, such as a broadcast address.',
    'not-allowed': 'The source is not among the allowed sources.',
    'own-endpoint': 'It came from an echo port of Canyon, and two of those would answer each other for ever.',
    'reserved-port': 'It came from a reserved port, where another echo or chargen service may be.',
    oversize: 'It was larger than the largest datagram that this listener echoes.',
    rate: 'Its source sent more a second than is allowed.',
    empty: 'It was empty, and this listener does not answer those.',
    'queue-full': 'The queue of answers was full.',
    'send-error': 'The answer could not be sent.',
    kernel: 'The kernel had no room for it: it came faster than it could be read.',
};
