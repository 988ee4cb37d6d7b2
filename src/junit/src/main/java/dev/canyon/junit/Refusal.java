package dev.canyon.junit;

import dev.canyon.engine.endpoint.EchoEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/**
 * A listening socket is closed, and another one that does not listen has its port, so that connects are refused and nobody else gets the
 * port. Without it, a client that connects again and again would at some time get this port for its own end, and be connected to itself.
 */
final class Refusal {

    private final EchoEndpoint endpoint;
    private final Socket placeholder = new Socket();

    private Refusal(EchoEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    static Refusal begin(EchoEndpoint endpoint) {
        Refusal refusal = new Refusal(endpoint);
        endpoint.unbind();
        try {
            // Connections of the port may be open.
            refusal.placeholder.setReuseAddress(true);
            refusal.placeholder.bind(endpoint.address());
        } catch (IOException ex) {
            endpoint.rebind();
            throw new UncheckedIOException(
                    "cannot keep port " + endpoint.address().getPort(), ex);
        }
        return refusal;
    }

    void end() {
        try {
            placeholder.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        endpoint.rebind();
    }
}
