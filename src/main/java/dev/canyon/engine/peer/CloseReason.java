package dev.canyon.engine.peer;

import dev.canyon.net.WireName;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/** Why a TCP connection was closed. */
public enum CloseReason {
    /** The client sent FIN, and all replies were sent. */
    CLIENT,
    /** The client closed the connection, with FIN or RST, within a second and before a byte was received or sent. */
    PROBE,
    IDLE,
    WRITE_STALL,
    /** The listener was stopped, or a change required another socket. */
    DRAIN,
    OPERATOR,
    /** A fault ended the connection. */
    FAULT,
    /** The reply ends the connection after its answer (RFC 867, RFC 868). */
    ANSWERED,
    /** A message was longer than a frame may be, or than there is memory for. */
    FRAMING,
    /** The connection broke, for example by an RST of the client. */
    ERROR;

    private static final AttributeKey<CloseReason> ATTRIBUTE = AttributeKey.valueOf("canyon.close-reason");

    /** Closes the connection for this reason, unless another one was recorded before. */
    public void close(Channel connection) {
        note(connection);
        connection.close();
    }

    /** Records the reason for a close that follows; the first recorded reason counts. */
    public void note(Channel connection) {
        connection.attr(ATTRIBUTE).setIfAbsent(this);
    }

    /** Whether a reason was recorded. */
    public static boolean isNoted(Channel connection) {
        return connection.attr(ATTRIBUTE).get() != null;
    }

    /** The reason recorded for a closed connection; {@link #ERROR} if there is none. */
    public static CloseReason of(Channel closed) {
        CloseReason reason = closed.attr(ATTRIBUTE).get();
        return reason == null ? ERROR : reason;
    }

    /** The name used in the API, metrics and events, for example {@code write-stall}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
