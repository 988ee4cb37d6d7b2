package dev.canyon.engine.kernel;

import dev.canyon.engine.kernel.proc.UdpSocketTable;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.net.InetSocketAddress;

/** Datagrams that the kernel dropped because the receive buffer of a socket was full. */
public final class KernelDrops {

    private KernelDrops() {}

    /**
     * The number since the socket was opened; 0 if the system does not report it. Must not be called once the socket is
     * closed, because its descriptor may have been reused.
     */
    public static long of(Channel socket) {
        return socket instanceof EpollDatagramChannel epoll
                ? SocketMemory.of(epoll).drops()
                : UdpSocketTable.recent().drops((InetSocketAddress) socket.localAddress());
    }
}
