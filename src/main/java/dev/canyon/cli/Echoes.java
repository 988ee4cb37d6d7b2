package dev.canyon.cli;

import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.SocketObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The ports that are open, all of which are closed with it. */
final class Echoes implements AutoCloseable {

    private final EchoTransport transport;
    private final List<Echo> open = new ArrayList<>();

    Echoes(EchoTransport transport) {
        this.transport = transport;
    }

    /**
     * Opens one after the other.
     *
     * @throws dev.canyon.transport.BindFailedException if one cannot be opened; the message names it
     * @throws dev.canyon.transport.LimitReachedException if the process has too few descriptors
     */
    void open(List<EndpointSpec> specs, SocketObserver observer) {
        specs.forEach(spec -> open.add(Echo.open(transport, spec, observer)));
    }

    List<Echo> all() {
        return Collections.unmodifiableList(open);
    }

    /** Refuses new clients at once, and waits until those connected have got everything back, or the time is over. */
    void drain(Duration time) {
        CompletableFuture.allOf(
                        open.stream().map(echo -> echo.endpoint().close(time)).toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
