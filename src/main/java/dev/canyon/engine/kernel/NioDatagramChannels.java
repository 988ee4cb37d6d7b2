package dev.canyon.engine.kernel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.nio.channels.DatagramChannel;

/** NIO datagram channels with access to the wrapped JDK channel, which Netty does not expose. */
public final class NioDatagramChannels {

    private static final AttributeKey<DatagramChannel> JDK_CHANNEL = AttributeKey.valueOf("canyon.jdk-channel");

    private NioDatagramChannels() {}

    /** @throws ChannelException if no socket can be opened */
    static NioDatagramChannel open(SocketProtocolFamily family) {
        try {
            DatagramChannel socket = DatagramChannel.open(family.toJdkFamily());
            NioDatagramChannel channel = new NioDatagramChannel(socket);
            channel.attr(JDK_CHANNEL).set(socket);
            return channel;
        } catch (IOException ex) {
            throw new ChannelException("a datagram socket could not be opened", ex);
        }
    }

    /** @param channel created by {@link #open} */
    public static DatagramChannel jdkChannel(Channel channel) {
        return channel.attr(JDK_CHANNEL).get();
    }
}
