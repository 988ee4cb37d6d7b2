package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Locale;

/** Who or what ended a TCP connection. */
public enum CloseReason {
    /** The client sent FIN and got everything back. */
    CLIENT,
    IDLE,
    WRITE_STALL,
    /** The listener stopped, or a change gave it another socket. */
    DRAIN,
    OPERATOR,
    /** The connection broke, for example by a RST. */
    ERROR;

    private static final AttributeKey<CloseReason> ATTRIBUTE = AttributeKey.valueOf("canyon.close-reason");

    /** Closes the connection for this reason, unless another one was noted before. */
    void close(Channel connection) {
        note(connection);
        connection.close();
    }

    /** The connection will end for this reason; the first one noted counts. */
    void note(Channel connection) {
        connection.attr(ATTRIBUTE).setIfAbsent(this);
    }

    /** Why a connection has ended. */
    static CloseReason of(Channel closed) {
        CloseReason reason = closed.attr(ATTRIBUTE).get();
        return reason == null ? ERROR : reason;
    }

    /** The word used on every surface, for example {@code write-stall}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
