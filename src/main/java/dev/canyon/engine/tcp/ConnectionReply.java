package dev.canyon.engine.tcp;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ConnectionIdentity;
import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.reply.Banner;
import dev.canyon.engine.reply.Framing;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.reply.stream.AnsweredStream;
import dev.canyon.engine.reply.stream.FrameFormat;
import dev.canyon.engine.reply.stream.Framer;
import dev.canyon.engine.reply.stream.StreamReply;
import dev.canyon.engine.tcp.Pipeline.Slot;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * What one connection answers unless it is served by the plain echo: the handlers in the slots {@link Slot#FRAMING} and {@link
 * Slot#REPLY}, and what they may do to the connection.
 *
 * <p>Used on the connection's event loop.
 */
final class ConnectionReply implements AnsweredStream {

    /** What may be held back before reading pauses. Reading resumes at half of it. */
    private static final long MAX_HELD_BYTES = 4 * 1024 * 1024;

    /** Bounds the memory that very short messages cost besides their bytes. */
    private static final int MAX_HELD_MESSAGES = 16_384;

    private final TcpConnection connection;
    private final SocketChannel socket;
    private final String listener;
    private final @Nullable Banner banner;
    private final @Nullable StreamReply handler;
    private final @Nullable Framer framer;
    private long heldBytes;
    private int heldMessages;
    private boolean full;
    private boolean ending;
    private boolean started;

    private ConnectionReply(TcpConnection connection, String listener, ReplySettings settings) {
        this.connection = connection;
        this.socket = connection.socket();
        this.listener = listener;
        this.banner = settings.banner();
        FrameFormat frames = FrameFormat.of(settings.framing());
        this.handler = StreamReply.of(settings.reply(), frames, this);
        this.framer = settings.framing() instanceof Framing.None ? null : new Framer(this, frames);
    }

    /** Puts the handlers into their slots, replacing the current ones. */
    static ConnectionReply install(TcpConnection connection, String listener, ReplySettings settings) {
        ConnectionReply reply = new ConnectionReply(connection, listener, settings);
        Pipeline pipeline = connection.pipeline();
        pipeline.put(Slot.REPLY, reply.handler == null ? EchoReply.INSTANCE : reply.handler);
        if (reply.framer == null) {
            pipeline.remove(Slot.FRAMING);
        } else {
            pipeline.put(Slot.FRAMING, reply.framer);
        }
        return reply;
    }

    /** Sends the banner, and what the reply sends without being asked. */
    void start() {
        if (banner != null) {
            byte[] bytes = banner.bytes();
            added(bytes.length);
            socket.writeAndFlush(socket.alloc().buffer(bytes.length).writeBytes(bytes), socket.voidPromise());
        }
        if (handler != null) {
            handler.started();
        }
        started = true;
    }

    /** Whether each write is the answer to a message that the framing has found. */
    boolean answersMessages() {
        return started && framer != null;
    }

    /** A drain begins: ends what would go on for ever. */
    void yieldToDrain() {
        if (handler != null) {
            handler.yieldToDrain();
        }
    }

    /** Nothing may be answered any more: sends at once what is held back. */
    void end() {
        if (framer != null) {
            framer.end();
        }
        if (handler != null) {
            handler.end();
        }
    }

    /** The connection was closed: releases what is held back. */
    void discard() {
        if (framer != null) {
            framer.discard();
        }
        if (handler != null) {
            handler.discard();
        }
    }

    @Override
    public String listener() {
        return listener;
    }

    @Override
    public ConnectionIdentity identity() {
        return connection.identity();
    }

    @Override
    public long id() {
        return connection.id();
    }

    @Override
    public boolean isPaused() {
        return connection.gate().isPaused();
    }

    @Override
    public void whenResumed(Runnable resumed) {
        // Not from within: the gate resumes during a flush, in which another one has no effect.
        connection
                .gate()
                .whenResumed(() -> socket.eventLoop().execute(() -> {
                    if (socket.isActive()) {
                        resumed.run();
                    }
                }));
    }

    @Override
    public void hold(long bytes) {
        heldBytes += bytes;
        heldMessages++;
        connection.held().keepBack(bytes);
        if (!full && (heldBytes > MAX_HELD_BYTES || heldMessages > MAX_HELD_MESSAGES)) {
            full = true;
            connection.gate().pause(PauseReason.REPLY);
        }
    }

    @Override
    public void unhold(long bytes) {
        heldBytes -= bytes;
        heldMessages--;
        connection.held().release(bytes);
        if (full && heldBytes <= MAX_HELD_BYTES / 2 && heldMessages <= MAX_HELD_MESSAGES / 2) {
            full = false;
            connection.gate().resume(PauseReason.REPLY);
        }
    }

    @Override
    public boolean unfinished(long bytes) {
        return connection.held().unfinished(bytes);
    }

    @Override
    public void discarded(long bytes) {
        connection.meter().discarded(bytes);
    }

    @Override
    public void added(long bytes) {
        connection.meter().added(bytes);
    }

    @Override
    public long written() {
        return connection.meter().writtenBytes();
    }

    @Override
    public void endedByClient(CloseReason reason) {
        connection.endedByClient(reason);
    }

    @Override
    public void finish(CloseReason reason) {
        if (ending) {
            return;
        }
        ending = true;
        reason.note(socket);
        Runnable ifActive = () -> {
            if (socket.isActive()) {
                connection.finish();
            }
        };
        // In a task of its own: while Netty reports a write as accepted it still counts it as waiting, and TLS would
        // end without
        // close_notify.
        ChannelFutureListener finish = written -> socket.eventLoop().execute(ifActive);
        socket.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(finish);
    }
}
