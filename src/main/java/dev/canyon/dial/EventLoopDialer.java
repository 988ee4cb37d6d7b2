package dev.canyon.dial;

import dev.canyon.engine.kernel.BoundSocket;
import dev.canyon.engine.kernel.ReusedBuffer;
import dev.canyon.engine.kernel.TransportKind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens many client sockets on its own event loops, separate from those of the listeners.
 *
 * <p>Thread-safe, except that {@link #close} must not be called on one of the event loops.
 */
public final class EventLoopDialer implements AutoCloseable {

    /** Maximum datagrams per recvmmsg(2). Preparing more buffers than datagrams arrive costs more than it saves. */
    private static final int MAX_BATCH = 16;

    /** One byte beyond the expected size reveals a datagram that is too long. */
    private static final int EXCESS_BYTES = 1;

    /** Requested size; the kernel grants at most twice {@code net.core.rmem_max} and {@code wmem_max}. */
    private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

    private final TransportKind kind;
    private final EventLoopGroup loops;

    private EventLoopDialer(TransportKind kind, EventLoopGroup loops) {
        this.kind = kind;
        this.loops = loops;
    }

    /** @param threads number of event loops, 1 or more; a thread starts when its loop is first used */
    public static EventLoopDialer open(TransportKind kind, int threads, String threadName) {
        return new EventLoopDialer(
                kind,
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory(threadName, true), kind.ioHandlers()));
    }

    /** Returns the event loops in round-robin order. */
    public EventLoop nextLoop() {
        return loops.next();
    }

    /** Returns a bootstrap for TCP connections, for {@link #connect}. */
    public Bootstrap tcp(Duration connectTimeout) {
        return new Bootstrap()
                .channelFactory(kind::newSocketChannel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true);
    }

    /**
     * Connects a TCP or UDP socket, sends the PROXY header if there is one, and, with TLS, performs the handshake.
     *
     * @param bootstrap without event loop and handler
     * @param header TCP only: what the connection begins with; null for none
     * @param tls TCP only: for this connection; null for none
     * @return completes on the event loop when the channel can be used; if TLS fails, with the unexplained cause
     */
    public Future<Channel> connect(
            Bootstrap bootstrap,
            EventLoop loop,
            InetSocketAddress target,
            ChannelHandler handler,
            @Nullable OutgoingProxyHeader header,
            @Nullable EventLoopTls tls) {
        Promise<Channel> usable = loop.newPromise();
        ChannelFuture connected = bootstrap
                .clone(loop)
                .handler(pipeline(
                        header == null ? null : new ProxyHeaderSender(header, target),
                        tls == null ? null : tls.handler(),
                        handler))
                .connect(target);
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                usable.setFailure(done.cause());
            } else if (tls == null) {
                usable.setSuccess(connected.channel());
            } else {
                PromiseNotifier.cascade(tls.handler().handshakeFuture(), usable);
            }
        });
        return usable;
    }

    /** Adds the handlers that are not null, the first one next to the socket. */
    private static ChannelHandler pipeline(@Nullable ChannelHandler... handlers) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                for (ChannelHandler handler : handlers) {
                    if (handler != null) {
                        channel.pipeline().addLast(handler);
                    }
                }
            }
        };
    }

    /**
     * Returns a bootstrap for UDP sockets connected to one peer, for {@link #connect}. Handlers read {@code ByteBuf} or {@code DatagramPacket}, depending on the transport.
     * All sockets of one bootstrap share a receive buffer per event loop, so create only one bootstrap per peer.
     *
     * @param maxBytes size of the largest expected datagram; a longer one is truncated to {@code maxBytes + 1}
     * @param maxBurst number of datagrams that may arrive together, 1 or more
     */
    public Bootstrap udp(InetSocketAddress peer, int maxBytes, int maxBurst) {
        int bufferBytes = maxBytes + EXCESS_BYTES;
        int batch = Math.min(maxBurst, MAX_BATCH);
        boolean recvmmsg = kind == TransportKind.EPOLL && batch > 1;
        RecvByteBufAllocator buffers = recvmmsg
                ? new ReusedBuffer(bufferBytes * batch).maxMessagesPerRead(1)
                : new FixedRecvByteBufAllocator(bufferBytes).maxMessagesPerRead(batch);
        Bootstrap bootstrap = new Bootstrap()
                .channelFactory(() -> newDatagramChannel(peer))
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_BROADCAST, true) // the caller has checked that the target is allowed
                .option(ChannelOption.RECVBUF_ALLOCATOR, buffers);
        return recvmmsg ? bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, bufferBytes) : bootstrap;
    }

    private Channel newDatagramChannel(InetSocketAddress peer) {
        return kind.newDatagramChannel(BoundSocket.familyOf(peer));
    }

    /** Stops the event loops and closes every open socket. Blocks until the threads have ended, at most two seconds. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
