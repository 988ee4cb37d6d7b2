package dev.canyon.engine.reply.datagram;

import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.FaultedDatagrams;
import dev.canyon.engine.peer.DropReason;

/** What a {@link DatagramReply} can do at its endpoint. Used on the event loop of the endpoint. */
public interface AnsweredDatagrams extends FaultedDatagrams {

    /** The name of the listener; empty if it has none. */
    String listener();

    /** Drops and counts a datagram that is not answered, and releases it. */
    void drop(Datagram datagram, DropReason reason);

    /** Counts a reply that consists of other bytes than its request. */
    void answered(long receivedBytes, long sentBytes);
}
