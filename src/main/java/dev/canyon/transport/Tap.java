package dev.canyon.transport;

import java.nio.ByteBuffer;

/**
 * Told of every byte that a listener receives and sends while it is open, see {@link TapPoint}. What is told of one flow
 * is in order; different flows are told of by several event loops at once.
 *
 * <p>Called on event loops: returns at once and throws nothing. The bytes are a view of a buffer of the transport and
 * valid only during the call: what is kept has to be copied.
 */
public interface Tap {

    /** A datagram, those dropped later included, or what one read on a TCP connection gave. */
    void received(Flow flow, ByteBuffer bytes);

    /** A datagram, or a reply on a TCP connection, that the kernel has taken; of a connection that broke only what it took. */
    void sent(Flow flow, ByteBuffer bytes);

    /**
     * A TCP connection has ended.
     *
     * @param reset whether by RST
     */
    void closed(Flow connection, CloseReason reason, boolean reset);

    /** It was taken off, or the listener is deleted. What was under way on event loops may still be told. */
    void removed();
}
