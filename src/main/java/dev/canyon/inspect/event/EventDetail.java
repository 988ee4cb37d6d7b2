package dev.canyon.inspect.event;

import dev.canyon.engine.identity.ProxyHeaderFailure;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.tls.TlsFailure;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.IpText;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The details of an event. Each type carries only its own facts; the text is built when the event is read. */
public sealed interface EventDetail {

    EventType type();

    /** One line that describes the event. */
    String text();

    /** By default that of the listener itself. */
    default EventCategory category() {
        return EventCategory.LIFECYCLE;
    }

    /** Whether occurrences of the same type, reason and source are folded into one event. */
    default boolean repeats() {
        return category() == EventCategory.REPEATED;
    }

    /** The reason, if the event has one, for example {@code max-connections}. */
    default @Nullable String reason() {
        return null;
    }

    /** What tells repeated events of one type and source apart. */
    default @Nullable String kind() {
        return reason();
    }

    /** The id of the TCP connection, as in {@link dev.canyon.engine.peer.Peer#id}. */
    default OptionalLong connection() {
        return OptionalLong.empty();
    }

    /** Bytes received from the client, if known. */
    default OptionalLong receivedBytes() {
        return OptionalLong.empty();
    }

    /** Bytes sent to the client, if known. */
    default OptionalLong sentBytes() {
        return OptionalLong.empty();
    }

    record Bound(Protocol protocol, InetSocketAddress local) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.BOUND;
        }

        @Override
        public String text() {
            return protocol + " socket bound to " + IpText.of(local);
        }
    }

    /** @param backlog as capped by the kernel */
    record Listening(InetSocketAddress local, int backlog) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.LISTENING;
        }

        @Override
        public String text() {
            return "listening on " + IpText.of(local) + " with a backlog of " + backlog;
        }
    }

    record Accepted(long id) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.ACCEPTED;
        }

        @Override
        public EventCategory category() {
            return EventCategory.CONNECTION;
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

    /** @param truncated whether the client has ended TLS without close_notify */
    record Closed(long id, CloseReason why, long received, long sent, boolean truncated) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.CLOSED;
        }

        @Override
        public EventCategory category() {
            return EventCategory.CONNECTION;
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
            return "connection " + id + " closed " + cause() + "; " + received + " bytes received, " + sent + " sent"
                    + (truncated ? "; truncated: the client sent no close_notify" : "");
        }

        private String cause() {
            return switch (why) {
                case CLIENT -> "by the client after all replies were sent";
                case PROBE -> "by the client within a second, as a health check does";
                case IDLE -> "by Canyon: no traffic for idleTimeoutMs";
                case WRITE_STALL -> "by Canyon: the client read nothing for writeStallTimeoutMs";
                case DRAIN -> "by Canyon: the listener was stopped or its socket replaced";
                case OPERATOR -> "by an operator through the API";
                case FAULT -> "by Canyon: a fault ended it";
                case ANSWERED -> "by Canyon: its reply closes the connection after the answer";
                case FRAMING -> "by Canyon: a message is longer than framing.maxFrameBytes, or does not fit in memory";
                case ERROR -> "by an error, for example an RST from the client";
            };
        }
    }

    /** Connections that their client closed within a second, unused: {@link CloseReason#PROBE}. */
    record Probed() implements EventDetail {

        @Override
        public EventType type() {
            return EventType.CLOSED;
        }

        @Override
        public EventCategory category() {
            return EventCategory.REPEATED;
        }

        @Override
        public String reason() {
            return CloseReason.PROBE.toString();
        }

        @Override
        public OptionalLong receivedBytes() {
            return OptionalLong.of(0);
        }

        @Override
        public OptionalLong sentBytes() {
            return OptionalLong.of(0);
        }

        @Override
        public String text() {
            return "probe: connection closed by the client within a second; nothing received or sent";
        }
    }

    record Rejected(RejectReason why) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.REJECTED;
        }

        @Override
        public EventCategory category() {
            return EventCategory.REPEATED;
        }

        @Override
        public String reason() {
            return why.toString();
        }

        @Override
        public String text() {
            return switch (why) {
                case ADDRESS_FAMILY -> "connection rejected: its address family differs from that of the listener";
                case NOT_ALLOWED -> "connection rejected: its source is not in allowedSources";
                case MAX_CONNECTIONS_PER_SOURCE ->
                    "connection rejected: its source has reached maxConnectionsPerSource";
                case MEMORY ->
                    "connection rejected: too many bytes wait in memory, or the memory of the container is nearly used up";
                case DESCRIPTORS -> "connection rejected: the process is out of file descriptors";
                case MAX_CONNECTIONS -> "connection rejected: the listener has reached maxConnections";
                case PROXY_HEADER -> "connection rejected: its PROXY header is missing, broken or late";
                case TLS -> "connection rejected: its TLS handshake failed";
            };
        }
    }

    /** A connection was rejected because its TLS handshake failed. */
    record HandshakeFailed(TlsFailure why) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.REJECTED;
        }

        @Override
        public EventCategory category() {
            return EventCategory.REPEATED;
        }

        @Override
        public String reason() {
            return RejectReason.TLS.toString();
        }

        @Override
        public String kind() {
            return why.toString();
        }

        @Override
        public String text() {
            return "connection rejected: TLS handshake failed (" + why + "): " + why.explanation();
        }
    }

    /** A connection was rejected because its PROXY header could not be read. */
    record HeaderFailed(ProxyHeaderFailure why) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.REJECTED;
        }

        @Override
        public EventCategory category() {
            return EventCategory.REPEATED;
        }

        @Override
        public String reason() {
            return RejectReason.PROXY_HEADER.toString();
        }

        @Override
        public String kind() {
            return why.toString();
        }

        @Override
        public String text() {
            return "connection rejected: no PROXY header (" + why + "): " + why.explanation();
        }
    }

    record Dropped(DropReason why) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.DROPPED;
        }

        @Override
        public EventCategory category() {
            return EventCategory.REPEATED;
        }

        @Override
        public String reason() {
            return why.toString();
        }

        @Override
        public String text() {
            return switch (why) {
                case PORT_ZERO -> "datagram dropped: its source port is 0, which cannot receive a reply";
                case BAD_SOURCE -> "datagram dropped: its source is not a valid unicast address";
                case NOT_ALLOWED -> "datagram dropped: its source is not in allowedSources";
                case OWN_ENDPOINT ->
                    "datagram dropped: it came from an endpoint of Canyon, and a reply could loop forever";
                case RESERVED_PORT ->
                    "datagram dropped: its source port is below 1024, where another echo service may listen";
                case OVERSIZE -> "datagram dropped: it is longer than bufferBytes";
                case RATE -> "datagram dropped: its source exceeds maxDatagramsPerSecondPerSource";
                case EMPTY -> "datagram dropped: it is empty, and replyToEmpty is off";
                case FAULT -> "datagram dropped by a fault";
                case DISCARD -> "datagram discarded: reply.mode is discard";
                case NOT_STAMP -> "datagram dropped: it is too short for a test packet of STAMP";
                case AMPLIFICATION ->
                    "datagram dropped: its reply is longer than it is; bind a loopback address or set allowedSources";
                case QUEUE_FULL ->
                    "datagram dropped: the socket's send buffer or the queue of a fault or reply is full";
                case SEND_ERROR -> "datagram dropped: the reply could not be sent";
                case KERNEL -> "datagram dropped by the kernel: the socket's receive buffer was full";
            };
        }
    }

    record Stopped(InetSocketAddress local) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.STOPPED;
        }

        @Override
        public String text() {
            return "stopped; " + IpText.of(local) + " released";
        }
    }

    record Failed(FailureReason why, String cause, @Nullable Instant nextRetryAt) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.FAILED;
        }

        /** An attempt to open the port is repeated until it succeeds. */
        @Override
        public boolean repeats() {
            return true;
        }

        @Override
        public String reason() {
            return why.toString();
        }

        @Override
        public String text() {
            return cause + (nextRetryAt == null ? "" : "; next retry at " + nextRetryAt.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    record CaptureStarted(int maxMessages, int maxBytesPerMessage, Duration ttl) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.CAPTURE_STARTED;
        }

        @Override
        public String text() {
            return "capture started: the newest " + maxMessages + " messages, " + maxBytesPerMessage
                    + " bytes of each, for at most " + ttl.toSeconds() + " s";
        }
    }

    /** @param held number of messages */
    record CapturePaused(long held) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.CAPTURE_PAUSED;
        }

        @Override
        public String text() {
            return "capture paused; " + held + " messages held";
        }
    }

    /** @param discarded number of messages */
    record CaptureStopped(long discarded) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.CAPTURE_STOPPED;
        }

        @Override
        public String text() {
            return "capture stopped; " + discarded + " messages discarded";
        }
    }

    /** @param fault its id and type */
    record FaultAdded(String fault) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.FAULT_ADDED;
        }

        @Override
        public String text() {
            return "fault " + fault + " in force";
        }
    }

    /** @param fault its id and type */
    record FaultRemoved(String fault) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.FAULT_REMOVED;
        }

        @Override
        public String text() {
            return "fault " + fault + " taken away";
        }
    }

    /** @param fault its id and type */
    record FaultExpired(String fault) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.FAULT_EXPIRED;
        }

        @Override
        public String text() {
            return "fault " + fault + " ended: its ttlMs is over";
        }
    }

    /** @param fault its id and type */
    record Faulted(String fault) implements EventDetail {

        @Override
        public EventType type() {
            return EventType.FAULTED;
        }

        @Override
        public EventCategory category() {
            return EventCategory.REPEATED;
        }

        @Override
        public String kind() {
            return fault;
        }

        @Override
        public String text() {
            return "fault " + fault + " applied";
        }
    }
}
