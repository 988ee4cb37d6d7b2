package dev.canyon.engine.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of one connection, in fixed slots. An unused slot holds no handler and costs nothing. Only this class adds,
 * removes and reorders handlers; the decoder of the PROXY header removes itself.
 *
 * <pre>
 * socket --> PROXY_HEADER --> PROXY_END --> WIRE --> TLS --> TLS_END --> METER --> DISCARD --> TAP --> IN_FAULTS --> FRAMING --> REPLY --+
 * socket <--------------------------------- WIRE <-- TLS <-------------- METER <-------------- TAP <-- OUT_FAULTS <--------------------+
 * </pre>
 *
 * <p>The slots of the PROXY header are empty once it is complete.
 *
 * <p>Without TLS the meter is next to the socket, so it counts what the kernel delivered and accepted regardless of other handlers.
 * With TLS it counts plaintext, and the tap records plaintext.
 *
 * <p>Used on the connection's event loop.
 */
final class Pipeline {

    /** In order, starting at the socket. */
    enum Slot {
        /** Reads the PROXY header that precedes everything else: {@link dev.canyon.engine.identity.ProxyHeaderDecoder}. */
        PROXY_HEADER,
        /** Admits the client that the header names: {@link ConnectionProxy}. */
        PROXY_END,
        /** The socket's edge of TLS: {@link dev.canyon.engine.tls.WireEdge}. */
        WIRE,
        /**
         * Encrypts and decrypts: {@link dev.canyon.engine.tls.TlsHandler}. Before it, where something depends on the ClientHello, {@link
         * dev.canyon.engine.tls.ServerNameHandler}.
         */
        TLS,
        /** The handshake and the end of TLS: {@link ConnectionTls}. */
        TLS_END,
        /** Counts bytes and applies back-pressure: {@link Meter}. */
        METER,
        /** Discards input once FIN was sent: {@link DiscardInput}. */
        DISCARD,
        /** Reports messages to a capture: {@link TcpTap}. */
        TAP,
        /** Passes replies through faults: {@link OutFaults}. */
        OUT_FAULTS,
        /** Passes input through faults: {@link InFaults}. */
        IN_FAULTS,
        /** Splits the stream into messages. */
        FRAMING,
        /** Writes the replies: {@link EchoReply}. */
        REPLY;

        private final String handler = name().toLowerCase(Locale.ROOT);
    }

    private static final Slot[] SLOTS = Slot.values();

    private final ChannelPipeline handlers;

    Pipeline(ChannelPipeline handlers) {
        this.handlers = handlers;
    }

    @Nullable
    ChannelHandler get(Slot slot) {
        return handlers.get(slot.handler);
    }

    boolean has(Slot slot) {
        return get(slot) != null;
    }

    /** Puts a handler into a slot, replacing the current one. */
    @SuppressWarnings("EnumOrdinal") // the slots are declared in their order
    void put(Slot slot, ChannelHandler handler) {
        if (has(slot)) {
            // At once, so that what the current one has buffered reaches its successor.
            handlers.replace(slot.handler, slot.handler, handler);
            return;
        }
        for (int before = slot.ordinal() - 1; before >= 0; before--) {
            if (has(SLOTS[before])) {
                handlers.addAfter(SLOTS[before].handler, slot.handler, handler);
                return;
            }
        }
        handlers.addFirst(slot.handler, handler);
    }

    /** Writes to the socket past the stages of faults. */
    ChannelFuture writeAndFlushBehindFaults(ByteBuf bytes) {
        ChannelHandlerContext faults = handlers.context(Slot.OUT_FAULTS.handler);
        return faults == null ? handlers.writeAndFlush(bytes) : faults.writeAndFlush(bytes);
    }

    /** Sends bytes of a connection with TLS past the TLS handler. */
    void writeAndFlushPastTls(ByteBuf bytes) {
        ChannelHandlerContext tls = handlers.context(Slot.TLS.handler);
        (tls == null ? handlers.firstContext() : tls).writeAndFlush(bytes);
    }

    /** Closes a connection with TLS past the TLS handler, so without close_notify; an alert that it has written leaves first. */
    void closePastTls() {
        ChannelHandlerContext tls = handlers.context(Slot.TLS.handler);
        (tls == null ? handlers.firstContext() : tls).close();
    }

    /** Empties a slot; does nothing if it is empty. */
    void remove(Slot slot) {
        if (has(slot)) {
            handlers.remove(slot.handler);
        }
    }
}
