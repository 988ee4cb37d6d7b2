package dev.canyon.engine.tcp;

import dev.canyon.engine.fault.stream.Marks;
import dev.canyon.engine.fault.stream.StreamChain;
import dev.canyon.engine.fault.stream.StreamStage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/** A handler that passes one direction of a connection through the stages of its faults. */
abstract sealed class FaultHandler extends ChannelDuplexHandler implements StreamStage.Next
        permits InFaults, OutFaults {

    private final ConnectionFaults faults;
    private final StreamChain chain;
    private ChannelHandlerContext context;

    /** @param carried bytes that the direction has carried before */
    @SuppressWarnings("NullAway.Init") // the context is there before anything passes
    FaultHandler(ConnectionFaults faults, long carried) {
        this.faults = faults;
        this.chain = new StreamChain(faults, carried, this);
    }

    StreamChain chain() {
        return chain;
    }

    ConnectionFaults faults() {
        return faults;
    }

    ChannelHandlerContext context() {
        return context;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** The chain is empty, unless Netty removes the handlers of a closed connection before anybody else hears of it. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        chain.discard();
    }

    /** What has passed all stages. */
    @Override
    public final void bytes(ByteBuf bytes, Marks marks) {
        faults.passing(marks);
        leave(bytes);
    }

    abstract void leave(ByteBuf bytes);
}
