package dev.canyon.engine.udp;

import dev.canyon.engine.kernel.NioDatagramChannels;
import dev.canyon.engine.peer.DropReason;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sends empty datagrams through the JDK channel that Netty's channel wraps. */
final class NioEmptyReplies extends EmptyReplies {

    @Override
    @Nullable
    DropReason send(ChannelHandlerContext ctx, InetSocketAddress to, SentPromise sent) {
        if (!flushedAll(ctx)) {
            return DropReason.QUEUE_FULL;
        }
        try {
            NioDatagramChannels.jdkChannel(ctx.channel()).send(ByteBuffer.allocate(0), to);
            sent.trySuccess(null);
            return null;
        } catch (IOException ex) {
            return DropReason.SEND_ERROR;
        }
    }
}
