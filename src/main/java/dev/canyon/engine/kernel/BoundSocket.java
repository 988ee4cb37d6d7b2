package dev.canyon.engine.kernel;

import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.Promise;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Binds a socket of one address family, so that {@code 0.0.0.0} means IPv4 only and {@code ::} IPv6 only.
 *
 * <p>SO_REUSEPORT is never set: no other socket can share a bound port.
 */
public final class BoundSocket {

    /** IPPROTO_IPV6 and IPV6_V6ONLY (ipv6(7)). Netty clears the latter when it creates a socket. */
    private static final ChannelOption<Integer> IPV6_ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    private static final long START_OF_A_PROCESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private BoundSocket() {}

    public static SocketProtocolFamily familyOf(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    /** Blocks until the port is bound. @throws dev.canyon.net.BindFailedException if the port cannot be bound */
    public static Channel bind(TransportKind kind, AbstractBootstrap<?, ?> bootstrap, InetSocketAddress address) {
        if (kind == TransportKind.EPOLL && address.getAddress() instanceof Inet6Address) {
            bootstrap.option(IPV6_ONLY, 1);
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            throw BindFailures.explain(address, cause);
        }
        return bound.channel();
    }

    /**
     * Binds a port again that was closed before. Tries for up to a second while the port is in use: a process that is being started
     * holds copies of all descriptors until it executes its program (fork(2), execve(2)).
     *
     * @param bind binds the port
     * @throws BindFailedException if the port cannot be bound
     */
    public static void bindAgain(Runnable bind) {
        long deadline = System.nanoTime() + START_OF_A_PROCESS_NANOS;
        while (true) {
            try {
                bind.run();
                return;
            } catch (BindFailedException ex) {
                if (ex.failure() != BindFailure.PORT_IN_USE || System.nanoTime() - deadline > 0) {
                    throw ex;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /**
     * Closes the socket and waits until the port is free. The JDK keeps a descriptor that is registered with a selector until
     * the next select, so on NIO the loop must select once more. This requires a delay that starts on the loop: one that
     * starts on another thread may have elapsed when the loop first sees it.
     */
    public static void close(Channel socket) {
        socket.close().awaitUninterruptibly();
        EventLoop loop = socket.eventLoop();
        if (socket instanceof AbstractNioChannel && !loop.isShuttingDown()) {
            Promise<Void> selected = loop.newPromise();
            loop.execute(() -> loop.schedule(() -> selected.trySuccess(null), 1, TimeUnit.MILLISECONDS));
            while (!selected.awaitUninterruptibly(1, TimeUnit.SECONDS) && !loop.isShuttingDown()) {
                // The loop is busy; the port is not free before it has selected.
            }
        }
    }

    /**
     * Whether a peer belongs to the family of the bound address. Only epoll has an option for this; if the
     * JDK or io_uring created a dual-stack socket, peers of the other family are rejected by this check.
     */
    public static boolean sameFamily(InetSocketAddress bound, InetAddress peer) {
        return (bound.getAddress() instanceof Inet4Address) == (peer instanceof Inet4Address);
    }
}
