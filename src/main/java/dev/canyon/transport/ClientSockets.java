package dev.canyon.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sockets that dial, on event loops of their own: what they do takes no turn of a listener's loop.
 *
 * <p>May be used from any thread but one of its event loops.
 */
public final class ClientSockets implements AutoCloseable {

    /** Datagrams per recvmmsg(2), at the most. To make ready for more than come costs more than it saves. */
    private static final int AT_ONCE = 16;

    /** Room for one byte more than is expected shows that a datagram is longer. */
    private static final int EXCESS = 1;

    /** Asked for; the kernel gives at most twice {@code net.core.rmem_max} and {@code wmem_max}. */
    private static final int DATAGRAM_BUFFER = 4 * 1024 * 1024;

    private final TransportKind kind;
    private final EventLoopGroup loops;

    private ClientSockets(TransportKind kind, EventLoopGroup loops) {
        this.kind = kind;
        this.loops = loops;
    }

    /** @param threads event loops, 1 or more; a thread starts when its loop is first used */
    public static ClientSockets open(TransportKind kind, int threads, String threadName) {
        return new ClientSockets(
                kind,
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory(threadName, true), kind.ioHandlers()));
    }

    /** One of the loops; each in turn. */
    public EventLoop nextLoop() {
        return loops.next();
    }

    /** Makes TCP connections; loop and handler are to be added ({@link Bootstrap#clone(EventLoopGroup)}). */
    public Bootstrap tcp(Duration connectTimeout) {
        return new Bootstrap()
                .channelFactory(kind::newSocketChannel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true);
    }

    /**
     * Makes UDP sockets that are connected to one peer; loop and handler are to be added ({@link Bootstrap#clone(EventLoopGroup)}). It
     * reads {@code ByteBuf} or {@code DatagramPacket}, whichever the transport gives. All sockets that are made from it share the room
     * that each loop reads into, so one is to be made for all.
     *
     * @param largest bytes of the largest datagram that is expected; of a larger one only the beginning is read, one byte
     *     more than this
     * @param together how many datagrams may come together, 1 or more
     */
    public Bootstrap udp(InetSocketAddress peer, int largest, int together) {
        int room = largest + EXCESS;
        int atOnce = Math.min(together, AT_ONCE);
        boolean batches = kind == TransportKind.EPOLL && atOnce > 1;
        RecvByteBufAllocator rooms = batches
                ? new KeptBuffer(room * atOnce).maxMessagesPerRead(1)
                : new FixedRecvByteBufAllocator(room).maxMessagesPerRead(atOnce);
        Bootstrap bootstrap = new Bootstrap()
                .channelFactory(() -> newDatagramChannel(peer))
                .option(ChannelOption.SO_RCVBUF, DATAGRAM_BUFFER)
                .option(ChannelOption.SO_SNDBUF, DATAGRAM_BUFFER)
                .option(ChannelOption.SO_BROADCAST, true) // whether such an address may be dialled is decided before
                .option(ChannelOption.RECVBUF_ALLOCATOR, rooms);
        return batches ? bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, room) : bootstrap;
    }

    private Channel newDatagramChannel(InetSocketAddress peer) {
        return kind.newDatagramChannel(BoundSocket.familyOf(peer));
    }

    /** Ends the event loops and closes every socket that is still open. Blocks until their threads are gone, two seconds at most. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
