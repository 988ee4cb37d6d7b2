package dev.canyon.engine.fault.stream;

import dev.canyon.engine.fault.ActiveFault;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;

/** What a {@link StreamStage} can do to its connection. Used on the connection's event loop. */
public interface FaultedStream {

    /** The number of the connection among the subjects of a fault, 1 or greater. */
    long number(ActiveFault fault);

    /** Numbers a position of the stream, for a fault that counts beyond one connection. */
    long nextNumber(ActiveFault fault);

    /**
     * The bytes that the direction of the fault had carried when the connection first met it.
     *
     * @param carried if that is now
     */
    long firstMet(ActiveFault fault, long carried);

    /** Nanoseconds since the connection was accepted. */
    long age();

    EventExecutor loop();

    ByteBufAllocator alloc();

    /** Bytes are held back; reading pauses while a connection holds as many as allowed. */
    void hold(long bytes);

    /** Bytes that were held back are forwarded or dropped. */
    void unhold(long bytes);

    /** The end of the stream is held back, or no longer is. */
    void holdEnd(boolean held);

    /** Stops reading the connection until {@link #resume} is called for the same stage. */
    void pause(StreamStage stage);

    void resume(StreamStage stage);

    /** Bytes that were received are never answered. */
    void discarded(long bytes);

    /** Bytes are sent that were not received. */
    void added(long bytes);

    /** Sends what was forwarded, from a task of a stage rather than from within {@link StreamStage#bytes}. */
    void flush();

    /**
     * Writes what was forwarded to the socket, so that it leaves apart from what follows. Does nothing while much waits for the
     * kernel already: these bytes would leave together with it, and a flush counts everything that waits.
     */
    void flushApart();

    /**
     * Ends the connection once everything forwarded has been sent. What is received from then on is discarded.
     *
     * @param end how the client sees it
     */
    void close(StreamEnd end);

    /** Sends FIN once everything forwarded has been sent; reads and discards until the client closes as well. */
    void closeOutput();
}
