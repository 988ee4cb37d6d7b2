package dev.canyon.engine.kernel;

import dev.canyon.net.WireName;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import org.jspecify.annotations.Nullable;

/** Socket transports of Netty. Epoll reads and writes datagrams in batches; NIO is available everywhere. */
public enum TransportKind {
    EPOLL,
    IO_URING,
    NIO;

    /** Epoll if available, otherwise NIO. Container runtimes often forbid io_uring, so it is used only on request. */
    public static TransportKind preferred() {
        return EPOLL.isAvailable() ? EPOLL : NIO;
    }

    /** Whether it is available on this machine. The first call loads native code. */
    public boolean isAvailable() {
        return unavailabilityCause() == null;
    }

    /** Why it is not available; null if it is. */
    public @Nullable Throwable unavailabilityCause() {
        return switch (this) {
            case EPOLL -> Epoll.unavailabilityCause();
            case IO_URING -> IoUring.unavailabilityCause();
            case NIO -> null;
        };
    }

    public IoHandlerFactory ioHandlers() {
        return switch (this) {
            case EPOLL -> EpollHandler.factory();
            case IO_URING -> IoUringIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    public ServerChannel newServerChannel(SocketProtocolFamily family) {
        return switch (this) {
            case EPOLL -> new EpollServerSocketChannel(family);
            // Netty offers no choice of family here: AcceptLimits rejects the other one.
            case IO_URING -> new IoUringServerSocketChannel();
            case NIO -> new NioListeningChannel(family);
        };
    }

    public Channel newSocketChannel() {
        return switch (this) {
            case EPOLL -> new EpollSocketChannel();
            case IO_URING -> new IoUringSocketChannel();
            case NIO -> new NioSocketChannel();
        };
    }

    public Channel newDatagramChannel(SocketProtocolFamily family) {
        return switch (this) {
            case EPOLL -> new EpollDatagramChannel(family);
            case IO_URING -> new IoUringDatagramChannel(family);
            case NIO -> NioDatagramChannels.open(family);
        };
    }

    /** The value used in the API, logs, metrics and CLI: {@code epoll}, {@code io-uring} or {@code nio}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
