package dev.canyon.engine.reply.stream;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.reply.Answers;
import dev.canyon.engine.reply.Chargen;
import dev.canyon.engine.reply.Daytime;
import dev.canyon.engine.reply.Delayed;
import dev.canyon.engine.reply.Discard;
import dev.canyon.engine.reply.Fixed;
import dev.canyon.engine.reply.Identity;
import dev.canyon.engine.reply.Reply;
import dev.canyon.engine.reply.Time;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The last handler of a connection: receives its messages and writes the answers. One instance for each connection, used on
 * the connection's event loop.
 */
public abstract class StreamReply extends ChannelInboundHandlerAdapter {

    private final AnsweredStream stream;
    private @Nullable ChannelHandlerContext context;

    StreamReply(AnsweredStream stream) {
        this.stream = stream;
    }

    /**
     * The handler for a mode.
     *
     * @return null for the echo, which needs no handler of its own
     */
    public static @Nullable StreamReply of(Reply reply, FrameFormat frames, AnsweredStream stream) {
        if (reply instanceof Discard) {
            return new DiscardReply(stream);
        }
        if (reply instanceof Fixed fixed) {
            return new MessageReply(stream, frames, Answers.fixed(fixed));
        }
        if (reply instanceof Identity) {
            return new MessageReply(stream, frames, Answers.identity());
        }
        if (reply instanceof Delayed delayed) {
            return new DelayedReply(stream, frames, delayed);
        }
        if (reply instanceof Chargen) {
            return new ChargenReply(stream);
        }
        if (reply instanceof Daytime) {
            return new OnceReply(stream, OnceReply.daytime(Clock.systemUTC()));
        }
        return reply instanceof Time ? new OnceReply(stream, OnceReply.time(Clock.systemUTC())) : null;
    }

    /** The connection is open, and its banner was written. */
    public void started() {}

    /**
     * A message.
     *
     * @param message released by the receiver
     */
    abstract void message(ByteBuf message);

    /** The client has sent FIN: sends FIN after everything was answered. */
    void inputEnded() {
        endAfterLastWrite();
    }

    /** A drain begins: ends what would go on for ever. What is held back is still sent when it is due. */
    public void yieldToDrain() {}

    /** Nothing may be written after this call: sends at once what is held back. */
    public void end() {}

    /** The connection was closed: releases what is held back. */
    public void discard() {}

    final AnsweredStream stream() {
        return stream;
    }

    final ChannelHandlerContext context() {
        ChannelHandlerContext added = context;
        if (added == null) {
            throw new IllegalStateException("the handler is not in a pipeline");
        }
        return added;
    }

    final void write(ByteBuf answer) {
        ChannelHandlerContext ctx = context();
        ctx.write(answer, ctx.channel().voidPromise());
    }

    final void flush() {
        context().flush();
    }

    final void endAfterLastWrite() {
        ChannelFutureListener end =
                written -> stream.endedByClient(written.isSuccess() ? CloseReason.CLIENT : CloseReason.ERROR);
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(end);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        message((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            inputEnded();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            stream.endedByClient(CloseReason.ERROR);
        } else {
            CloseReason.ERROR.close(ctx.channel());
        }
    }
}
