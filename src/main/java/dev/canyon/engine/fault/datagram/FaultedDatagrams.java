package dev.canyon.engine.fault.datagram;

import io.netty.util.concurrent.EventExecutor;

/** What a {@link DatagramStage} can do at its endpoint. Used on the event loop of the endpoint. */
public interface FaultedDatagrams {

    /** What may be held back at one endpoint; further datagrams are dropped. */
    long MAX_HELD_BYTES = 4 * 1024 * 1024;

    EventExecutor loop();

    /**
     * Asks for memory to hold a datagram back.
     *
     * @return false if as many bytes as allowed are held; the datagram was then dropped and counted
     */
    boolean hold(Datagram datagram);

    /** A datagram that was held back is forwarded or dropped. */
    void unhold(Datagram datagram);

    /** Drops and counts a datagram that the fault took, and releases it. */
    void dropByFault(Datagram datagram);

    /** Drops and counts a datagram for which there is no room in a queue, and releases it. */
    void dropQueueFull(Datagram datagram);

    /** A copy was made, which is sent besides the original. */
    void copied(Datagram copy);

    /** A reply is shorter than what was received. */
    void shortened(long bytes);

    /** Whether more may be sent to a client than it has sent. */
    boolean mayAmplify();

    /** Sends what was forwarded, from a task of a stage rather than from within {@link DatagramStage#chosen}. */
    void flush();
}
