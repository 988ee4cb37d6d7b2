package dev.canyon.engine.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits connections so that the process stays below its limit of file descriptors (getrlimit(2), RLIMIT_NOFILE): accept(2)
 * never fails with EMFILE, and the API always has descriptors left. The number of connections is limited to the descriptor
 * limit less the listening sockets less a reserve.
 */
public final class DescriptorBudget {

    private static final long MAX_RESERVE = 512;
    private static final long MIN_CONNECTIONS = 64;
    private static final long FOR_THE_API = 48;

    private final long limit;
    private final long reserve;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile long listening;

    /**
     * Reserves 512 descriptors or a quarter of the limit, whichever is less, but at least what the process itself needs.
     *
     * @param limit descriptors that the process may have open
     * @param open descriptors that are open before any listener: jars, event loops, ...
     */
    public DescriptorBudget(long limit, long open) {
        this.limit = limit;
        this.reserve = Math.max(Math.min(MAX_RESERVE, limit / 4), open + FOR_THE_API);
    }

    /**
     * Reserves descriptors for listening sockets.
     *
     * @throws LimitReachedException if fewer than 64 connections would be left; nothing is reserved
     */
    public synchronized void listen(int sockets) {
        requireRoom(sockets);
        listening += sockets;
    }

    /** @throws LimitReachedException if {@link #listen} would throw it */
    public synchronized void requireRoom(int sockets) {
        long left = limit - reserve - (listening + sockets);
        if (left < MIN_CONNECTIONS) {
            throw new LimitReachedException(
                    "descriptors",
                    "the process may have " + limit + " descriptors open, of which " + listening
                            + " are listening sockets and " + reserve + " are reserved: another listener would leave "
                            + Math.max(left, 0) + " for connections, fewer than " + MIN_CONNECTIONS
                            + ". Raise the limit (ulimit -n), or stop a listener");
        }
    }

    public synchronized void unlisten(int sockets) {
        listening -= sockets;
    }

    /** Reserves a descriptor for a connection. @return false if none is left */
    public boolean connect() {
        if (connections.incrementAndGet() > limit - reserve - listening) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    public void disconnect() {
        connections.decrementAndGet();
    }
}
