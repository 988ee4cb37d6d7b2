package dev.canyon.engine.fault.datagram;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * A datagram on its way to be answered, which a fault may delay, change, drop or duplicate. Whoever has it releases it. Used on
 * one event loop.
 */
public interface Datagram {

    /** The client. */
    InetSocketAddress source();

    /** The address that it was sent to. */
    InetSocketAddress server();

    /** Owned by the datagram; a stage that keeps the datagram must call {@link #keep} first, because reads share a buffer. */
    ByteBuf payload();

    /** Copies the payload out of the shared buffer, once. @return this */
    Datagram keep();

    /**
     * Whether it may be copied once more: the copies of one received datagram are bounded, because each fault that duplicates would
     * multiply those of the faults before it.
     */
    boolean mayCopy();

    /** Another datagram with the same client and payload. */
    Datagram copy();

    /** Replaces the payload, which is released, by that of its reply. */
    void answer(ByteBuf reply);

    /** Notes that a fault was applied to it, for captures. */
    void mark(String faultId);

    void release();
}
