package dev.canyon.transport;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps connections below the process's limit of file descriptors (getrlimit(2), RLIMIT_NOFILE), so that accept(2) never
 * fails for want of one and the API always has some: connections may be as many as the limit, less the sockets that listen,
 * less a reserve.
 */
final class DescriptorBudget {

    private static final long LARGEST_RESERVE = 512;
    private static final long FEWEST_CONNECTIONS = 64;
    private static final long FOR_THE_API = 48;

    private final long limit;
    private final long reserve;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile long listening;

    /**
     * Half a thousand or a quarter of the limit is kept back, and in any case what the process needs for itself.
     *
     * @param limit descriptors that the process may have open
     * @param open descriptors that it has open before any listener: jars, the event loops, ...
     */
    DescriptorBudget(long limit, long open) {
        this.limit = limit;
        this.reserve = Math.max(Math.min(LARGEST_RESERVE, limit / 4), open + FOR_THE_API);
    }

    /** @throws LimitReachedException if fewer than 64 connections would be left; then nothing is reserved */
    synchronized void listen(int sockets) {
        long left = limit - reserve - (listening + sockets);
        if (left < FEWEST_CONNECTIONS) {
            throw new LimitReachedException(
                    "descriptors",
                    "the process may have " + limit + " descriptors open, of which " + listening
                            + " are listeners' sockets and " + reserve + " are kept back: another listener would leave "
                            + Math.max(left, 0) + " for connections, fewer than " + FEWEST_CONNECTIONS
                            + ". Raise the limit (ulimit -n), or stop a listener");
        }
        listening += sockets;
    }

    synchronized void unlisten(int sockets) {
        listening -= sockets;
    }

    /** Takes one for a connection. @return false if there is none left; those that are open go on */
    boolean connect() {
        if (connections.incrementAndGet() > limit - reserve - listening) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    void disconnect() {
        connections.decrementAndGet();
    }
}
