package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.net.InetSocketAddress;

/** How many datagrams the kernel has dropped because a socket's receive buffer was full. */
final class KernelDrops {

    private KernelDrops() {}

    /**
     * Since the socket was opened; 0 where the system does not tell. Not to be called once the socket is closed, since its
     * descriptor may be another's by then.
     */
    static long of(Channel socket) {
        return socket instanceof EpollDatagramChannel epoll
                ? SocketMemory.of(epoll).drops()
                : UdpSocketTable.recent().drops((InetSocketAddress) socket.localAddress());
    }
}
