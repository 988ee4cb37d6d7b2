package dev.canyon.listener.directory;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.listener.endpoint.FailureReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of a listener, with the data that is specific to it. */
public sealed interface ListenerState {

    /** Closed and disabled, or not opened yet. */
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

    /** The port is open and accepts clients. */
    record Running(BoundEndpoint endpoint, Instant since) implements ListenerState {
        @Override
        public String word() {
            return "running";
        }
    }

    /** The port is closed to new clients; open connections finish. */
    record Draining(BoundEndpoint endpoint) implements ListenerState {
        @Override
        public String word() {
            return "draining";
        }
    }

    /**
     * Enabled, but the port could not be opened.
     *
     * @param nextRetryAt time of the next retry; null if there is none
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

    /** The spelling used in the API, in JMX and in the log. */
    String word();

    /** The bound endpoint; null in states without one. */
    default @Nullable BoundEndpoint endpoint() {
        return null;
    }
}
