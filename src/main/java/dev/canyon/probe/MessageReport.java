package dev.canyon.probe;

import dev.canyon.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test message and its result, ready to be presented.
 *
 * @param host the host of the target as requested
 * @param address the dialled address; null if no socket was opened
 */
public record MessageReport(
        Protocol protocol,
        String host,
        int port,
        @Nullable InetAddress address,
        TestMessage message,
        TestResult result) {

    /** Returns the attempt that determines the outcome. */
    public Attempt decisive() {
        return result.decisive();
    }

    /** Returns the bytes sent in the decisive attempt: the whole message, or none. */
    public byte[] sent() {
        return decisive().timing().sentMicros() == null ? new byte[0] : message.payload();
    }

    /** Returns all attempts of a repeated message, otherwise an empty list. */
    public List<Attempt> attempts() {
        return message.repeat() > 1 && address != null ? result.attempts() : List.of();
    }
}
