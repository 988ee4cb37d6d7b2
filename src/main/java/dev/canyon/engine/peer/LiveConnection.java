package dev.canyon.engine.peer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An open TCP connection: can be viewed, closed and captured. */
public interface LiveConnection {

    long id();

    /** Runs tasks on the connection's event loop, once the connection is registered with it. May be called from any thread. */
    Executor loop();

    /** The current counters of the connection, or the last ones if it is closed. Call on {@link #loop()}. */
    Peer snapshot();

    /** Adds the open tap to the connection, or removes a tap that is no longer open. Call on {@link #loop()}. */
    void updateTap();

    /**
     * Numbers the connection for faults that it has not met before. May be called from any thread; faults choose connections
     * by their numbers, so connections are numbered in the order of their ids.
     */
    void numberForFaults();

    /** Applies the faults that are in force now, and ends those that are not. Call on {@link #loop()}. */
    void updateFaults();

    /**
     * Closes the connection. May be called from any thread.
     *
     * @param drain the maximum time for sending replies before FIN
     * @return completes with the final counters of the connection; empty if it was already closed
     */
    CompletableFuture<Optional<Peer>> close(CloseMode mode, Duration drain);
}
