package dev.canyon.engine.kernel;

import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

/** Netty's listening socket, whose connections do not retry a write that the kernel refuses for lack of memory at once. */
final class NioListeningChannel extends NioServerSocketChannel {

    NioListeningChannel(SocketProtocolFamily family) {
        super(SelectorProvider.provider(), family);
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws IOException {
        SocketChannel socket = javaChannel().accept();
        if (socket == null) {
            return 0;
        }
        accepted.add(new NioConnectionChannel(this, socket));
        return 1;
    }
}
