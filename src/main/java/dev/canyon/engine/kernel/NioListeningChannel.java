package dev.canyon.engine.kernel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Netty's listening socket, whose connections do not retry a write that the kernel refuses for lack of memory at once. */
class NioListeningChannel extends NioServerSocketChannel {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(NioListeningChannel.class);

    NioListeningChannel(SocketProtocolFamily family) {
        super(SelectorProvider.provider(), family);
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws IOException {
        SocketChannel socket = javaChannel().accept();
        if (socket == null) {
            return 0;
        }
        try {
            accepted.add(connection(socket));
            return 1;
        } catch (RuntimeException ex) {
            // Passed on, it would close the listening socket.
            log.warn("A connection was accepted, but cannot be used", ex);
            socket.close();
            return 0;
        }
    }

    Connection connection(SocketChannel socket) {
        return new Connection(this, socket);
    }

    /**
     * An accepted connection. When the kernel has no memory for sockets, for example in a container near its limit, it refuses bytes
     * although the send buffer has room. A selector then reports the socket as writable again and again; so after a second write
     * without effect, the next one is delayed.
     */
    static class Connection extends NioSocketChannel {

        private static final int RETRY_MILLIS = 100;

        /** Whether the last write had no effect, so that the selector was asked to report when the next can have one. */
        private boolean refused;

        private boolean retrying;

        Connection(Channel parent, SocketChannel socket) {
            super(parent, socket);
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer pending) throws Exception {
            int messages = pending.size();
            long progress = pending.currentProgress();
            super.doWrite(pending); // waits for the selector if the kernel takes no more
            boolean refusedBefore = refused;
            refused = !pending.isEmpty() && pending.size() == messages && pending.currentProgress() == progress;
            if (refused && refusedBefore) {
                clearOpWrite();
                retryLater();
            }
        }

        private void retryLater() {
            if (!retrying) {
                retrying = true;
                eventLoop().schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        private void retry() {
            retrying = false;
            if (isOpen() && refused) {
                setOpWrite();
            }
        }
    }
}
