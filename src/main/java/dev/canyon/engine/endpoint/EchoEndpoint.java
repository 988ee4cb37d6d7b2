package dev.canyon.engine.endpoint;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An open port that sends back what it receives: the operations of its owner. */
public interface EchoEndpoint extends BoundEndpoint {

    /** Whether {@link #apply} can take over all settings; another endpoint in its place may be able to, or reject them. */
    default boolean canApply(EndpointSpec changed) {
        return true;
    }

    /**
     * Applies what can change on an open port: limits, timeouts, allowed sources, options of connections. Closes no
     * connection. Address, protocol and backlog do not change: see {@link EndpointSpec#needsNewSocketFor}.
     */
    void apply(EndpointSpec changed);

    /**
     * Releases the port temporarily: once this returns, new clients are refused; open connections are still served. Does
     * nothing if the port is already released or closed.
     *
     * <p>Blocks until the port is free, a few milliseconds; never call it on an event loop.
     */
    void unbind();

    /**
     * Binds the port again that {@link #unbind} released; does nothing if it is bound.
     *
     * @throws dev.canyon.net.BindFailedException if another socket has bound it meanwhile; open connections are still served
     */
    void rebind();

    /**
     * Closes the port and its connections. Once this returns, new clients are refused; bytes already received are still sent
     * back, followed by FIN. Connections that have not drained after {@code drain} are closed. A further call can only shorten
     * the drain.
     *
     * <p>Blocks until the port is free, a few milliseconds; never call it on an event loop.
     *
     * @param drain zero closes all connections immediately
     * @return completes when the last socket is closed, at the latest {@code drain} plus two seconds from now
     */
    CompletableFuture<Void> close(Duration drain);
}
