package dev.canyon.inspect;

import dev.canyon.listener.FailureReason;
import dev.canyon.transport.CloseReason;
import dev.canyon.transport.DropReason;
import dev.canyon.transport.IpText;
import dev.canyon.transport.Protocol;
import dev.canyon.transport.RejectReason;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What an event tells. Each carries only its own facts, and they become text only when somebody reads it. */
public sealed interface Happening {

    EventType type();

    /** All of it in a line, for people. */
    String text();

    /** The word for why, where there is one, for example {@code max-connections}. */
    default @Nullable String reason() {
        return null;
    }

    /** The id of the TCP connection that it is about, as in {@link dev.canyon.transport.Peer#id}. */
    default OptionalLong connection() {
        return OptionalLong.empty();
    }

    /** Bytes that came from the client, where that is known. */
    default OptionalLong receivedBytes() {
        return OptionalLong.empty();
    }

    /** Bytes that went to the client, where that is known. */
    default OptionalLong sentBytes() {
        return OptionalLong.empty();
    }

    record Bound(Protocol protocol, InetSocketAddress local) implements Happening {

        @Override
        public EventType type() {
            return EventType.BOUND;
        }

        @Override
        public String text() {
            return protocol + " socket bound to " + IpText.of(local);
        }
    }

    /** @param backlog in effect, after the kernel's cap */
    record Listening(InetSocketAddress local, int backlog) implements Happening {

        @Override
        public EventType type() {
            return EventType.LISTENING;
        }

        @Override
        public String text() {
            return "listening on " + IpText.of(local) + " with a backlog of " + backlog;
        }
    }

    record Accepted(long id) implements Happening {

        @Override
        public EventType type() {
            return EventType.ACCEPTED;
        }

        @Override
        public OptionalLong connection() {
            return OptionalLong.of(id);
        }

        @Override
        public String text() {
            return "connection " + id + " accepted";
        }
    }

    /** @param id of the connection; 0 on UDP, which has none */
    record Received(long id, long bytes) implements Happening {

        @Override
        public EventType type() {
            return EventType.RECEIVED;
        }

        @Override
        public OptionalLong connection() {
            return Happening.known(id);
        }

        @Override
        public OptionalLong receivedBytes() {
            return OptionalLong.of(bytes);
        }

        @Override
        public String text() {
            return bytes + " bytes received";
        }
    }

    /** @param id of the connection; 0 on UDP, which has none */
    record Sent(long id, long bytes) implements Happening {

        @Override
        public EventType type() {
            return EventType.SENT;
        }

        @Override
        public OptionalLong connection() {
            return Happening.known(id);
        }

        @Override
        public OptionalLong sentBytes() {
            return OptionalLong.of(bytes);
        }

        @Override
        public String text() {
            return bytes + " bytes sent";
        }
    }

    record Closed(long id, CloseReason why, long received, long sent) implements Happening {

        @Override
        public EventType type() {
            return EventType.CLOSED;
        }

        @Override
        public String reason() {
            return why.toString();
        }

        @Override
        public OptionalLong connection() {
            return OptionalLong.of(id);
        }

        @Override
        public OptionalLong receivedBytes() {
            return OptionalLong.of(received);
        }

        @Override
        public OptionalLong sentBytes() {
            return OptionalLong.of(sent);
        }

        @Override
        public String text() {
            return "connection " + id + " closed " + byWhom() + "; " + received + " bytes received, " + sent + " sent";
        }

        private String byWhom() {
            return switch (why) {
                case CLIENT -> "by the client, which ended its side and got everything back";
                case IDLE -> "by Canyon: nothing came or went for idleTimeoutMs";
                case WRITE_STALL -> "by Canyon: the client took nothing for writeStallTimeoutMs";
                case DRAIN -> "by Canyon: the listener stopped or got another socket";
                case OPERATOR -> "by an operator, over the API";
                case ERROR -> "because it broke, for example by a RST";
            };
        }
    }

    record Rejected(RejectReason why) implements Happening {

        @Override
        public EventType type() {
            return EventType.REJECTED;
        }

        @Override
        public String reason() {
            return why.toString();
        }

        @Override
        public String text() {
            return switch (why) {
                case ADDRESS_FAMILY -> "connection rejected: its address family is not the listener's";
                case NOT_ALLOWED -> "connection rejected: its source is not in allowedSources";
                case MAX_CONNECTIONS_PER_SOURCE -> "connection rejected: its source has maxConnectionsPerSource";
                case DESCRIPTORS -> "connection rejected: the process has no file descriptor left for it";
                case MAX_CONNECTIONS -> "connection rejected: the listener has maxConnections";
            };
        }
    }

    record Dropped(DropReason why) implements Happening {

        @Override
        public EventType type() {
            return EventType.DROPPED;
        }

        @Override
        public String reason() {
            return why.toString();
        }

        @Override
        public String text() {
            return switch (why) {
                case PORT_ZERO -> "datagram dropped: it came from port 0, where no answer can go";
                case BAD_SOURCE -> "datagram dropped: no host sends from its source address";
                case NOT_ALLOWED -> "datagram dropped: its source is not in allowedSources";
                case OWN_ENDPOINT ->
                    "datagram dropped: it came from an endpoint of Canyon, and could go round for ever";
                case RESERVED_PORT -> "datagram dropped: it came from a port below 1024, and could be forged";
                case OVERSIZE -> "datagram dropped: it is longer than bufferBytes";
                case RATE -> "datagram dropped: its source sends more than maxDatagramsPerSecondPerSource";
                case EMPTY -> "datagram dropped: it is empty, and replyToEmpty is off";
                case QUEUE_FULL -> "datagram dropped: the socket's send buffer is full";
                case SEND_ERROR -> "datagram dropped: the answer could not be sent";
                case KERNEL -> "datagram dropped by the kernel: the socket's receive buffer was full";
            };
        }
    }

    record Stopped(InetSocketAddress local) implements Happening {

        @Override
        public EventType type() {
            return EventType.STOPPED;
        }

        @Override
        public String text() {
            return "stopped; " + IpText.of(local) + " is free";
        }
    }

    record Failed(FailureReason why, String cause, @Nullable Instant nextRetryAt) implements Happening {

        @Override
        public EventType type() {
            return EventType.FAILED;
        }

        @Override
        public String reason() {
            return why.toString();
        }

        @Override
        public String text() {
            return cause
                    + (nextRetryAt == null ? "" : "; tried again at " + nextRetryAt.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    private static OptionalLong known(long id) {
        return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
    }
}
