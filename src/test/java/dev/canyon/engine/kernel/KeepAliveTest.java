package dev.canyon.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import dev.canyon.net.Loopback;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeepAliveTest {

    private static final KeepAlive NO_TIMING = new KeepAlive(true, Duration.ZERO, Duration.ZERO, 0);

    static Stream<TransportKind> transports() {
        return Stream.of(TransportKind.values()).filter(TransportKind::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void theKernelHasWhatWasSetInSecondsRoundedUp(TransportKind kind) throws Exception {
        withConnection(kind, connection -> {
            List<Integer> system = values(connection, kind);
            new KeepAlive(true, Duration.ofMillis(1_001), Duration.ofMillis(1), 3).applyTo(connection, kind);
            assertThat(connection.config().isKeepAlive()).isTrue();
            assertThat(values(connection, kind)).containsExactly(2, 1, 3);
            new KeepAlive(false, Duration.ofSeconds(32_767), Duration.ofSeconds(32_767), 127).applyTo(connection, kind);
            assertThat(connection.config().isKeepAlive()).isFalse();
            assertThat(values(connection, kind)).containsExactly(32_767, 32_767, 127);
            NO_TIMING.applyTo(connection, kind);
            assertThat(values(connection, kind)).as("0 changes nothing").containsExactly(32_767, 32_767, 127);
            NO_TIMING.withSystemDefaults().applyTo(connection, kind);
            assertThat(values(connection, kind)).isEqualTo(system);
        });
    }

    @Test
    void aTransportWithoutTheOptionsRefusesThemWithTheRemedy() {
        Set<java.net.SocketOption<?>> all = Set.of(
                ExtendedSocketOptions.TCP_KEEPIDLE,
                ExtendedSocketOptions.TCP_KEEPINTERVAL,
                ExtendedSocketOptions.TCP_KEEPCOUNT);
        assertThat(KeepAlive.areIn(all)).isTrue();
        assertThat(KeepAlive.areIn(Set.of(ExtendedSocketOptions.TCP_KEEPIDLE))).isFalse();
        BindFailedException refusal = KeepAlive.unsupported(TransportKind.NIO);
        assertThat(refusal.failure()).isEqualTo(BindFailure.OTHER);
        assertThat(refusal)
                .hasMessage("tcp.keepAliveIdleMs, tcp.keepAliveIntervalMs and tcp.keepAliveProbes cannot be set on the"
                        + " transport 'nio' of this platform: set them to 0, or run Canyon on Linux with"
                        + " canyon.transport=epoll");
    }

    private static List<Integer> values(SocketChannel connection, TransportKind kind) {
        List<ChannelOption<Integer>> options = switch (kind) {
            case EPOLL ->
                List.of(
                        EpollChannelOption.TCP_KEEPIDLE,
                        EpollChannelOption.TCP_KEEPINTVL,
                        EpollChannelOption.TCP_KEEPCNT);
            case IO_URING ->
                List.of(
                        IoUringChannelOption.TCP_KEEPIDLE,
                        IoUringChannelOption.TCP_KEEPINTVL,
                        IoUringChannelOption.TCP_KEEPCNT);
            case NIO ->
                List.of(
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));
        };
        return options.stream()
                .map(option -> connection.config().getOption(option))
                .toList();
    }

    private interface Check {
        void run(SocketChannel connection) throws Exception;
    }

    /** Accepts a connection over loopback. */
    private static void withConnection(TransportKind kind, Check check) throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, kind.ioHandlers());
        CompletableFuture<SocketChannel> accepted = new CompletableFuture<>();
        try {
            Channel server = new ServerBootstrap()
                    .group(loop)
                    .channelFactory(() -> kind.newServerChannel(SocketProtocolFamily.INET))
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel connection) {
                            accepted.complete(connection);
                        }
                    })
                    .bind(new InetSocketAddress(Loopback.IPV4, 0))
                    .sync()
                    .channel();
            try (Socket client = new Socket(Loopback.IPV4, ((InetSocketAddress) server.localAddress()).getPort())) {
                assertThat(client.isConnected()).isTrue();
                check.run(accepted.get(10, TimeUnit.SECONDS));
            }
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }
}
