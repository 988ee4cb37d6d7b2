package dev.canyon.engine.reply.stream;

import dev.canyon.engine.peer.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import org.jspecify.annotations.Nullable;

/**
 * Divides a stream into messages, which it passes on as they were received. While the connection is paused it passes on nothing,
 * because many short messages of one read can have long answers.
 *
 * <p>One instance for each connection, used on the connection's event loop.
 */
public final class Framer extends ChannelInboundHandlerAdapter {

    private final AnsweredStream stream;
    private final FrameFormat format;
    /** What was received and not passed on, in a buffer of its own between two reads. */
    private @Nullable ByteBuf rest;

    /** Whether {@link #rest} is not the buffer of a read. */
    private boolean own;

    private int searched;
    private @Nullable Object end;
    private boolean refusing;

    public Framer(AnsweredStream stream, FrameFormat format) {
        this.stream = stream;
        this.format = format;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        stream.whenResumed(() -> {
            if (rest != null || end != null) {
                pass(ctx);
                ctx.fireChannelReadComplete();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (refusing) {
            stream.discarded(bytes.readableBytes());
            bytes.release();
            return;
        }
        ByteBuf before = rest;
        if (before == null) {
            rest = bytes;
            own = false;
        } else {
            before.writeBytes(bytes);
            bytes.release();
        }
        pass(ctx);
    }

    /** Passes on all messages that are complete, and then the end of the stream. */
    private void pass(ChannelHandlerContext ctx) {
        boolean complete = true;
        while (complete && rest != null && rest.isReadable() && !stream.isPaused()) {
            int length = format.firstFrame(rest, searched);
            if (length == FrameFormat.TOO_LONG) {
                refuse();
                return;
            }
            complete = length != FrameFormat.UNFINISHED;
            searched = complete ? 0 : rest.readableBytes();
            if (complete) {
                ctx.fireChannelRead(rest.readRetainedSlice(length));
            }
        }
        // Asked before the rest is counted, which may end a pause.
        boolean paused = complete && rest != null && rest.isReadable();
        keep(ctx, paused);
        if (!paused) {
            passEnd(ctx);
        }
    }

    /** Copies what is left out of a buffer of which messages were passed on. */
    private void keep(ChannelHandlerContext ctx, boolean paused) {
        ByteBuf left = rest;
        if (left == null) {
            return;
        }
        // Messages are slices of the buffer and may not have been sent yet, so nothing may be moved within it.
        if (!own || left.readerIndex() > 0) {
            rest = left.isReadable() ? ctx.alloc().buffer(left.readableBytes()).writeBytes(left) : null;
            own = true;
            left.release();
        }
        boolean fits = stream.unfinished(rest == null ? 0 : rest.readableBytes());
        // While paused, what is left are complete messages, which wait for the client.
        if (!fits && !paused) {
            refuse();
        }
    }

    /** The message cannot be received, so nothing after it can be understood. */
    private void refuse() {
        refusing = true;
        release();
        stream.finish(CloseReason.FRAMING);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            end = event;
            pass(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void passEnd(ChannelHandlerContext ctx) {
        Object ending = end;
        if (ending == null) {
            return;
        }
        end = null;
        ByteBuf last = rest;
        if (last != null && format.endsWithStream()) {
            rest = null;
            stream.unfinished(0);
            ctx.fireChannelRead(last);
            ctx.fireChannelReadComplete();
        } else {
            release();
        }
        ctx.fireUserEventTriggered(ending);
    }

    private void release() {
        ByteBuf left = rest;
        if (left != null) {
            rest = null;
            stream.discarded(left.readableBytes());
            left.release();
            stream.unfinished(0);
        }
    }

    /** Nothing may be answered after this call: discards what has not been passed on, and what follows. */
    public void end() {
        refusing = true;
        release();
    }

    /** The connection was closed: releases what is left. Something may still arrive, which was read or held back before. */
    public void discard() {
        refusing = true;
        ByteBuf left = rest;
        if (left != null) {
            rest = null;
            left.release();
        }
    }
}
