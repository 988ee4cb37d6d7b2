package dev.canyon.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One open port that sends back what it receives, for the one who opened it. */
public sealed interface EchoEndpoint extends BoundEndpoint permits TcpEchoEndpoint, UdpEchoEndpoint {

    /**
     * Takes over what can change on an open port: limits, timeouts, sources, options of new connections. No connection
     * is closed by it. Address, protocol and backlog stay: see {@link EndpointSpec#needsNewSocketFor}.
     */
    void apply(EndpointSpec changed);

    /**
     * Gives the port up for the time being: new clients are refused from the moment this returns, those connected are
     * served on. Does nothing if the port is given up or closed.
     *
     * <p>Blocks until the port is free, a few milliseconds; never call it on an event loop.
     */
    void unbind();

    /**
     * Takes back the port that {@link #unbind} gave up; does nothing if it is bound.
     *
     * @throws BindFailedException if somebody else has it by now; the connections are served on
     */
    void rebind();

    /**
     * Stops. New clients are refused from the moment this returns; bytes already received are still sent back, then the
     * peer gets a FIN. What is not done when {@code drain} is over is cut off. A second call can only shorten the drain.
     *
     * <p>Blocks until the port is free, a few milliseconds; never call it on an event loop.
     *
     * @param drain zero cuts off at once
     * @return completes when the last socket is closed, at the latest {@code drain} plus two seconds from now
     */
    CompletableFuture<Void> close(Duration drain);
}
