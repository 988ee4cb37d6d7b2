package dev.canyon.engine.tcp;

import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Closes one connection without losing received bytes: the connection is served until the socket has nothing more to read or
 * to send; then FIN is sent, and input is discarded until the peer's FIN. Closing a socket with unread input would send RST, and RST can
 * destroy the tail of the reply in flight (RFC 9293, 3.6.1; RFC 2525, 2.17).
 *
 * <p>On the connection's event loop.
 */
final class ConnectionDrain {

    /** The interval between checks. The loop polls every socket in between, so bytes that wait in the kernel are read. */
    private static final long CHECK_EVERY_MILLIS = 25;

    /** More than one, because a sender may pause briefly. */
    private static final int QUIET_CHECKS = 2;

    /** The time to wait for the peer's FIN after FIN, and after further input until the deadline. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TcpConnection connection;
    private final SocketChannel socket;
    private long deadlineNanos;
    private long readsBefore;
    private int quietChecks;
    private boolean finSent;
    private long finSentAt;
    private long lastReadAt;

    private ConnectionDrain(TcpConnection connection, long deadlineNanos) {
        this.connection = connection;
        this.socket = connection.socket();
        this.deadlineNanos = deadlineNanos;
        this.readsBefore = connection.reads();
    }

    /** @param deadlineNanos when to send FIN in any case, on the clock of {@link System#nanoTime} */
    static ConnectionDrain begin(TcpConnection connection, long deadlineNanos) {
        ConnectionDrain drain = new ConnectionDrain(connection, deadlineNanos);
        connection.yieldToDrain();
        drain.checkSoon();
        return drain;
    }

    /** Sends FIN immediately, and discards input until the peer's FIN. */
    static ConnectionDrain finish(TcpConnection connection) {
        ConnectionDrain drain = new ConnectionDrain(connection, System.nanoTime());
        // Input may be waiting in the kernel, even if none was read: closing would send RST.
        drain.shutDownOutput(drain.deadlineNanos);
        drain.checkSoon();
        return drain;
    }

    /** Moves the deadline closer; does nothing if it is closer already. */
    void shorten(long otherNanos) {
        if (otherNanos - deadlineNanos < 0) {
            deadlineNanos = otherNanos;
        }
    }

    private void checkSoon() {
        socket.eventLoop().schedule(this::check, CHECK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (!socket.isActive()) {
            return;
        }
        long now = System.nanoTime();
        boolean read = connection.reads() != readsBefore;
        readsBefore = connection.reads();
        if (read) {
            lastReadAt = now;
        }
        if (finSent) {
            if (hasLingered(now)) {
                socket.close();
                return;
            }
        } else if (now - deadlineNanos >= 0 || isQuiet(read)) {
            endAndSendFin(now);
        }
        checkSoon();
    }

    /** FIN discards what the kernel has not accepted, so what was held back until now has until the next check. */
    private void endAndSendFin(long now) {
        boolean kept = connection.held().isKeptBack();
        connection.endHolding();
        if (!kept || !connection.held().waitsForPeer()) {
            sendFin(now);
        }
    }

    private boolean hasLingered(long now) {
        long since = now - deadlineNanos < 0 ? lastReadAt : finSentAt;
        return now - since >= LINGER_NANOS;
    }

    private boolean isQuiet(boolean read) {
        quietChecks = read || connection.held().any() ? 0 : quietChecks + 1;
        return quietChecks >= QUIET_CHECKS;
    }

    private void sendFin(long now) {
        if (connection.meter().receivedBytes() == 0 && connection.meter().writtenBytes() == 0) {
            // There is no reply that could be lost.
            socket.close();
        } else {
            shutDownOutput(now);
        }
    }

    private void shutDownOutput(long now) {
        finSent = true;
        finSentAt = now;
        lastReadAt = now;
        connection.closeOutput();
        connection.gate().open();
    }
}
