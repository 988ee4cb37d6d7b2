package dev.canyon.engine.traffic;

import dev.canyon.engine.fault.Markable;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.Flow;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Receives all bytes that a listener receives and sends while the tap is open, see {@link TapPoint}. The calls for one flow are
 * in order; calls for different flows come from several event loops concurrently.
 *
 * <p>Called on event loops: implementations must not block or throw. The bytes are a view of a buffer of the transport, valid
 * only during the call.
 */
public interface Tap {

    /**
     * A datagram, including one that is dropped afterwards, or the bytes of one read of a TCP connection.
     *
     * @return receives the faults that keep it from being answered
     */
    Markable received(Flow flow, ByteBuffer bytes);

    /**
     * A datagram or TCP reply accepted by the kernel; if the connection broke, only the accepted part of the reply.
     *
     * @param faults ids of the faults that were applied to it, in the order of their effect
     */
    void sent(Flow flow, ByteBuffer bytes, List<String> faults);

    /**
     * A TCP connection was closed.
     *
     * @param reset whether with RST
     */
    void closed(Flow connection, CloseReason reason, boolean reset);

    /** The tap was removed, or the listener deleted. Calls in progress on event loops may still arrive. */
    void removed();
}
