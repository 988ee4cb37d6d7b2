package dev.canyon.listener;

import dev.canyon.transport.EchoEndpoint;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a listener stands. Each state carries only its own facts. */
public sealed interface ListenerState {

    /** Closed, and wanted so. */
    record Stopped() implements ListenerState {}

    /** The port is being opened. */
    record Starting() implements ListenerState {}

    /** Open: a client can connect now. */
    record Running(EchoEndpoint endpoint, Instant since) implements ListenerState {}

    /** Closed to new clients; those connected finish. */
    record Draining(EchoEndpoint endpoint) implements ListenerState {}

    /**
     * Wanted open, but the port could not be bound.
     *
     * @param nextRetryAt when it is tried again; null if it is not
     */
    record Failed(
            FailureReason reason,
            String detail,
            Instant at,
            @Nullable Instant nextRetryAt) implements ListenerState {}

    /** The word used on every surface: {@code stopped}, {@code starting}, {@code running}, ... */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
