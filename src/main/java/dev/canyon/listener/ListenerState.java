package dev.canyon.listener;

import dev.canyon.transport.BoundEndpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a listener stands. Each state carries only its own facts. */
public sealed interface ListenerState {

    /** Closed, and wanted so. */
    record Stopped() implements ListenerState {
        @Override
        public String word() {
            return "stopped";
        }
    }

    /** The port is being opened. */
    record Starting() implements ListenerState {
        @Override
        public String word() {
            return "starting";
        }
    }

    /** Open: a client can connect now. */
    record Running(BoundEndpoint endpoint, Instant since) implements ListenerState {
        @Override
        public String word() {
            return "running";
        }
    }

    /** Closed to new clients; those connected finish. */
    record Draining(BoundEndpoint endpoint) implements ListenerState {
        @Override
        public String word() {
            return "draining";
        }
    }

    /**
     * Wanted open, but the port could not be bound.
     *
     * @param nextRetryAt when it is tried again; null if it is not
     */
    record Failed(
            FailureReason reason,
            String detail,
            Instant at,
            @Nullable Instant nextRetryAt) implements ListenerState {
        @Override
        public String word() {
            return "failed";
        }
    }

    /** The word used on every surface. */
    String word();

    /** What is bound, in the states in which something is. */
    default @Nullable BoundEndpoint endpoint() {
        return null;
    }
}
