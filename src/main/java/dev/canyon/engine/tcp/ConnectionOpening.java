package dev.canyon.engine.tcp;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.LiveConnections;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.traffic.EndpointCounters;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a connection: the PROXY header, then the TLS handshake, where there are any. Until both are complete, the
 * connection counts only towards limits. If one fails it was rejected, else it is accepted then.
 *
 * <p>Used on the connection's event loop, except where a method says otherwise.
 */
final class ConnectionOpening {

    private final TcpConnection connection;
    private final Stage[] stages;

    /** @param stages in their order; null if the connection does not have it */
    ConnectionOpening(TcpConnection connection, @Nullable Stage... stages) {
        this.connection = connection;
        this.stages = Stream.of(stages).filter(stage -> stage != null).toArray(Stage[]::new);
    }

    /** A part of the beginning. */
    interface Stage {

        /** Any thread. */
        boolean isComplete();

        /** Whether the client has closed the connection soon and without sending anything, as a health check does. */
        boolean isProbe();

        /** Why the connection is rejected, if it was closed at this stage and no reason was recorded. */
        RejectReason rejection();

        void countRejection(EndpointCounters counters);

        void reportRejection(LiveConnections connections);
    }

    /** Any thread. */
    boolean isComplete() {
        return current() == null;
    }

    private @Nullable Stage current() {
        for (Stage stage : stages) {
            if (!stage.isComplete()) {
                return stage;
            }
        }
        return null;
    }

    /** Counts the close of the socket. */
    void countClosed(EndpointCounters counters) {
        Stage stage = current();
        if (stage == null) {
            if (connection.isProbe()) {
                // No handler noted the close where it was a write that failed, for example that of the session tickets
                // of TLS 1.3.
                CloseReason.PROBE.note(connection.socket());
            }
            counters.connections().closed(reason());
            return;
        }
        if (stage.isProbe()) {
            CloseReason.PROBE.note(connection.socket());
        }
        if (CloseReason.isNoted(connection.socket())) {
            counters.connections().openingClosed(reason());
        } else {
            stage.countRejection(counters);
        }
    }

    /** Reports the close of the socket, after it was counted. */
    void reportClosed(LiveConnections connections) {
        Stage stage = current();
        if (stage != null && !CloseReason.isNoted(connection.socket())) {
            stage.reportRejection(connections);
            return;
        }
        if (stage != null) {
            connections.accepted(connection);
        }
        connections.closed(connection, reason());
    }

    /** Why the closed connection was rejected; null if it was not. */
    @Nullable
    RejectReason rejection() {
        Stage stage = current();
        return stage == null || CloseReason.isNoted(connection.socket()) ? null : stage.rejection();
    }

    private CloseReason reason() {
        return CloseReason.of(connection.socket());
    }
}
