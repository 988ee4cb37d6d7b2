package dev.canyon.engine.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

/** Passes input through the stages of the connection's faults. The client's FIN is the end of the stream. */
final class InFaults extends FaultHandler {

    InFaults(ConnectionFaults faults, long carried) {
        super(faults, carried);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        chain().bytes((ByteBuf) message, faults().passing());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            chain().end(event);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    void leave(ByteBuf bytes) {
        context().fireChannelRead(bytes);
    }

    @Override
    public void end(Object event) {
        context().fireUserEventTriggered(event);
    }
}
