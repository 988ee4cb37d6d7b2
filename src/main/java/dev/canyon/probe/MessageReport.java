package dev.canyon.probe;

import dev.canyon.transport.Protocol;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test message and what became of it: all that is told, in whatever form.
 *
 * @param host where it was to go, as it was asked for
 * @param address what was dialled; null if nothing was
 */
public record MessageReport(
        Protocol protocol,
        String host,
        int port,
        @Nullable InetAddress address,
        TestMessage message,
        TestResult result) {

    /** The attempt that decides on the whole. */
    public Attempt decisive() {
        return result.decisive();
    }

    /** The bytes that left in the decisive attempt: all of the message, or nothing. */
    public byte[] sent() {
        return decisive().timing().sentMicros() == null ? new byte[0] : message.payload();
    }

    /** Each attempt, where single ones are of interest; else empty. */
    public List<Attempt> attempts() {
        return message.repeat() > 1 && address != null ? result.attempts() : List.of();
    }
}
