package dev.canyon.junit;

import dev.canyon.engine.endpoint.EchoEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * While connects are refused, the listening socket is closed, and another one that does not listen has its port, so that nobody else
 * gets the port. Without it, a client that connects again and again would at some time get this port for its own end, and be
 * connected to itself.
 */
final class Refusal {

    private final EchoEndpoint endpoint;
    private @Nullable Socket placeholder;

    Refusal(EchoEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** @throws IllegalStateException if it has begun already */
    synchronized void begin() {
        if (placeholder != null) {
            throw new IllegalStateException("connects are refused already");
        }
        Socket bound = new Socket();
        placeholder = bound;
        endpoint.unbind();
        try {
            // Connections of the port may be open.
            bound.setReuseAddress(true);
            bound.bind(endpoint.address());
        } catch (IOException ex) {
            UncheckedIOException failure = new UncheckedIOException(
                    "cannot keep port " + endpoint.address().getPort(), ex);
            try {
                end();
            } catch (RuntimeException unbound) {
                failure.addSuppressed(unbound);
            }
            throw failure;
        }
    }

    /**
     * Listens again. May be called again if it fails.
     *
     * @throws dev.canyon.net.BindFailedException if another socket listens on the port
     */
    synchronized void end() {
        if (placeholder == null) {
            return;
        }
        try {
            placeholder.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        endpoint.rebind();
        placeholder = null;
    }
}
