package dev.canyon.cli.listen;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.peer.SocketObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The open endpoints, which are closed together. */
final class OpenEndpoints implements AutoCloseable {

    private final EchoTransport transport;
    private final List<OpenEndpoint> open = new ArrayList<>();

    OpenEndpoints(EchoTransport transport) {
        this.transport = transport;
    }

    /**
     * Opens the endpoints one after the other.
     *
     * @throws dev.canyon.net.BindFailedException if a port cannot be bound; the message names it
     * @throws dev.canyon.engine.kernel.LimitReachedException if the process has too few file descriptors
     */
    void open(List<ListenerDefinition> definitions, SocketObserver observer) {
        definitions.forEach(definition ->
                open.add(OpenEndpoint.open(transport, definition.endpoint(), definition.faults(), observer)));
    }

    List<OpenEndpoint> all() {
        return Collections.unmodifiableList(open);
    }

    /** Rejects new clients immediately and waits until all data has been echoed, at most the given time. */
    void drain(Duration timeout) {
        CompletableFuture.allOf(open.stream()
                        .map(echo -> echo.endpoint().close(timeout))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
