package dev.canyon.engine.tcp;

import dev.canyon.engine.kernel.PendingWrites;
import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.traffic.ByteBudget;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/**
 * Accounts for the bytes that a connection holds in memory: written but not yet accepted by the kernel, or kept back by
 * handlers. Drain, timeouts, views and the budget of the process all use this account.
 *
 * <p>Used on the connection's event loop.
 */
final class HeldBytes {

    /** Bytes: a few segments, so that the connection recovers once the peer reads. */
    private static final int NARROW_RECEIVE_BUFFER = 32 * 1024;

    /** An unfinished message up to this length never closes its connection. */
    private static final int SMALL_UNFINISHED = 1_024;

    /** Bytes; the kernel limits it to net.core.rmem_max. */
    private static final int WIDE_RECEIVE_BUFFER = 1024 * 1024;

    private final Channel socket;
    private final ByteBudget budget;
    private final ReadGate gate;
    private long keptBack;
    private long unfinished;
    /** Of the last report, because thousands of pieces may be released in a row, and each count passes through all writes. */
    private long pendingMemory;
    /** The bytes last reported to the budget. */
    private long reported;

    private long releasedAt = System.nanoTime();

    private boolean closed;
    private boolean narrowed;

    HeldBytes(Channel socket, ByteBudget budget, ReadGate gate) {
        this.socket = socket;
        this.budget = budget;
        this.gate = gate;
    }

    /** A handler keeps back bytes that it will write later. Does nothing once the connection is closed. */
    void keepBack(long bytes) {
        if (!closed) {
            keptBack += bytes;
            report();
        }
    }

    /** A handler has written or dropped bytes that it kept back. Does nothing once the connection is closed. */
    void release(long bytes) {
        if (!closed) {
            keptBack -= bytes;
            releasedAt = System.nanoTime();
            report();
        }
    }

    /**
     * A message has not arrived completely. Its bytes count in the budget, but nobody waits for them.
     *
     * @param bytes that have arrived
     * @return false if the message is not small and the budget is exceeded
     */
    boolean unfinished(long bytes) {
        if (!closed) {
            unfinished = bytes;
            report();
        }
        return bytes <= SMALL_UNFINISHED || !budget.isExceeded();
    }

    /** Whether the connection holds bytes that wait to be sent. */
    boolean any() {
        return keptBack > 0 || waitsForPeer();
    }

    /** Whether handlers keep back bytes. */
    boolean isKeptBack() {
        return keptBack > 0;
    }

    /** Whether written bytes wait to be accepted by the kernel. */
    boolean waitsForPeer() {
        return PendingWrites.bytes(socket) > 0;
    }

    /** When held bytes last left, or the kernel took some of them; the clock is that of {@link System#nanoTime}. */
    long releasedAt() {
        return releasedAt;
    }

    /** Bytes that handlers keep back, and those of a message that has not been received completely. */
    long keptBack() {
        return keptBack + unfinished;
    }

    /** @param pending the current pending writes; Netty's own sum still includes a write while its listeners are called */
    void report(PendingWrites pending) {
        pendingMemory = pending.memory();
        releasedAt = System.nanoTime();
        report();
    }

    /** Reports a change to the budget, which decides whether the connection may hold more. */
    private void report() {
        long waiting = keptBack + pendingMemory;
        long now = waiting + unfinished;
        if (now == 0 && reported == 0) {
            return;
        }
        budget.change(reported, now);
        reported = now;
        if (budget.mayRead(waiting)) {
            gate.resume(PauseReason.BYTE_BUDGET);
            widen(now);
        } else {
            gate.pause(PauseReason.BYTE_BUDGET);
            narrow();
        }
    }

    /**
     * Shrinks the receive buffer: what the peer continues to send waits in the kernel, whose memory counts towards that of the
     * container. The kernel no longer adjusts the size afterwards, so it is widened once the connection holds nothing.
     */
    private void narrow() {
        if (!narrowed && budget.isExceeded() && socket.isOpen()) {
            narrowed = true;
            socket.config().setOption(ChannelOption.SO_RCVBUF, NARROW_RECEIVE_BUFFER);
        }
    }

    private void widen(long holds) {
        if (narrowed && holds == 0 && socket.isOpen()) {
            narrowed = false;
            socket.config().setOption(ChannelOption.SO_RCVBUF, WIDE_RECEIVE_BUFFER);
        }
    }

    /** Returns everything to the budget. Handlers may release what they kept back later, when they are removed. */
    void close() {
        closed = true;
        budget.change(reported, 0);
        reported = 0;
        keptBack = 0;
        unfinished = 0;
    }
}
