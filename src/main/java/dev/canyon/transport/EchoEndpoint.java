package dev.canyon.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One open port that sends back what it receives. All methods may be called from any thread. */
public sealed interface EchoEndpoint permits TcpEchoEndpoint, UdpEchoEndpoint {

    /** What is really bound: the address, and the port the system chose if 0 was asked for. */
    InetSocketAddress address();

    Protocol protocol();

    TransportKind transport();

    /** The backlog in effect after the kernel's cap, 0 for UDP, which has none. */
    int backlog();

    /**
     * Takes over what can change on an open port: limits, timeouts, sources, options of new connections. No connection
     * is closed by it. Address, protocol and backlog stay: see {@link EndpointSpec#needsNewSocketFor}.
     */
    void apply(EndpointSpec changed);

    /** Tells who has been seen here; a test message learns by it how it looked from this end. */
    Sightings sightings();

    /**
     * Stops. New clients are refused from the moment this returns; bytes already received are still sent back, then the
     * peer gets a FIN. What is not done when {@code drain} is over is cut off. A second call returns the first one's future.
     *
     * @param drain zero cuts off at once
     * @return completes when the last socket is closed, at the latest {@code drain} plus two seconds from now
     */
    CompletableFuture<Void> close(Duration drain);
}
