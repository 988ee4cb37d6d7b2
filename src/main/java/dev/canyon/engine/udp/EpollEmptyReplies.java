package dev.canyon.engine.udp;

import dev.canyon.engine.kernel.SocketMemory;
import dev.canyon.engine.peer.DropReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends empty datagrams with sendto(2) on the channel's own descriptor.
 *
 * <p>Netty's call returns 0 both for "sent 0 bytes" and for "would block", so the space in the send buffer is checked first, by
 * the rule of the kernel: there is space while less memory is in use than the size of the buffer.
 */
final class EpollEmptyReplies extends EmptyReplies {

    private final ByteBuffer nothing = ByteBuffer.allocateDirect(0);

    @Override
    @Nullable
    DropReason send(ChannelHandlerContext ctx, InetSocketAddress to, SentPromise sent) {
        EpollDatagramChannel channel = (EpollDatagramChannel) ctx.channel();
        if (!flushedAll(ctx) || !hasRoom(channel)) {
            return DropReason.QUEUE_FULL;
        }
        try {
            ((Socket) channel.fd()).sendTo(nothing, 0, 0, to.getAddress(), to.getPort());
            sent.trySuccess(null);
            return null;
        } catch (IOException ex) {
            return DropReason.SEND_ERROR;
        }
    }

    private static boolean hasRoom(EpollDatagramChannel channel) {
        SocketMemory memory = SocketMemory.of(channel);
        return memory.sending() < memory.sendBuffer();
    }
}
