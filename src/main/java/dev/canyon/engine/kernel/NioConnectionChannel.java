package dev.canyon.engine.kernel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * An accepted connection. When the kernel has no memory for sockets, for example in a container near its limit, it refuses bytes
 * although the send buffer has room. A selector then reports the socket as writable again and again; so after a second write
 * without effect, the next one is delayed.
 */
class NioConnectionChannel extends NioSocketChannel {

    private static final int RETRY_MILLIS = 100;

    /** Whether the last write had no effect, so that the selector was asked to report when the next can have one. */
    private boolean refused;

    private boolean retrying;

    NioConnectionChannel(Channel parent, SocketChannel socket) {
        super(parent, socket);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer pending) throws Exception {
        int messages = pending.size();
        long progress = pending.currentProgress();
        super.doWrite(pending); // waits for the selector if the kernel takes no more
        boolean refusedBefore = refused;
        refused = !pending.isEmpty() && pending.size() == messages && pending.currentProgress() == progress;
        if (refused && refusedBefore && !retrying) {
            clearOpWrite();
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
