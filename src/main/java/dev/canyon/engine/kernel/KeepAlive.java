package dev.canyon.engine.kernel;

import dev.canyon.engine.kernel.proc.Sysctl;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * TCP keep-alive of a connection: SO_KEEPALIVE (socket(7)) and its timing (TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT,
 * tcp(7)). The kernel takes seconds, so times are rounded up. For all three, 0 is the system's default.
 *
 * @param enabled whether the kernel sends probes; the timing is set in any case
 * @param idle time without data before the first probe, at most 32767 s
 * @param interval time between probes, at most 32767 s
 * @param probes unanswered probes after which the connection is reset, at most 127
 */
public record KeepAlive(boolean enabled, Duration idle, Duration interval, int probes) {

    /** The options of a transport that set the timing. */
    private record Options(
            ChannelOption<Integer> idle, ChannelOption<Integer> interval, ChannelOption<Integer> probes) {

        static Options of(TransportKind kind) {
            return switch (kind) {
                case EPOLL ->
                    new Options(
                            EpollChannelOption.TCP_KEEPIDLE,
                            EpollChannelOption.TCP_KEEPINTVL,
                            EpollChannelOption.TCP_KEEPCNT);
                case IO_URING ->
                    new Options(
                            IoUringChannelOption.TCP_KEEPIDLE,
                            IoUringChannelOption.TCP_KEEPINTVL,
                            IoUringChannelOption.TCP_KEEPCNT);
                case NIO ->
                    new Options(
                            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));
            };
        }
    }

    /** What the JDK can set on this platform; opens a socket once to find out. */
    private static final class OfJdk {

        private static final Set<SocketOption<?>> OPTIONS = read();

        private static Set<SocketOption<?>> read() {
            try (java.nio.channels.SocketChannel socket = java.nio.channels.SocketChannel.open()) {
                return socket.supportedOptions();
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    /** Sets the options; leaves those that are 0 as they are. Call it on the connection's event loop. */
    public void applyTo(SocketChannel connection, TransportKind kind) {
        connection.config().setKeepAlive(enabled);
        if (hasTiming()) {
            Options options = Options.of(kind);
            set(connection, options.idle, seconds(idle));
            set(connection, options.interval, seconds(interval));
            set(connection, options.probes, probes);
        }
    }

    private static void set(SocketChannel connection, ChannelOption<Integer> option, int value) {
        if (value > 0) {
            connection.config().setOption(option, value);
        }
    }

    /** With the system's own values in the place of 0, for a connection that may have had others. */
    public KeepAlive withSystemDefaults() {
        return new KeepAlive(
                enabled,
                idle.isZero() ? Duration.ofSeconds(Sysctl.read("net/ipv4/tcp_keepalive_time", 0)) : idle,
                interval.isZero() ? Duration.ofSeconds(Sysctl.read("net/ipv4/tcp_keepalive_intvl", 0)) : interval,
                probes == 0 ? Sysctl.read("net/ipv4/tcp_keepalive_probes", 0) : probes);
    }

    /** Whether a transport can set what is not 0. */
    public boolean isSupportedBy(TransportKind kind) {
        // Linux has all three, and the native transports run only there.
        return kind != TransportKind.NIO || !hasTiming() || areIn(OfJdk.OPTIONS);
    }

    /**
     * Rejects what a transport cannot set.
     *
     * @throws BindFailedException names the fields and the remedy
     */
    public void requireSupportBy(TransportKind kind) {
        if (!isSupportedBy(kind)) {
            throw unsupported(kind);
        }
    }

    /** Whether all options of the timing are among these. */
    static boolean areIn(Set<SocketOption<?>> options) {
        return options.containsAll(Set.of(
                ExtendedSocketOptions.TCP_KEEPIDLE,
                ExtendedSocketOptions.TCP_KEEPINTERVAL,
                ExtendedSocketOptions.TCP_KEEPCOUNT));
    }

    static BindFailedException unsupported(TransportKind kind) {
        return new BindFailedException(
                BindFailure.OTHER,
                "tcp.keepAliveIdleMs, tcp.keepAliveIntervalMs and tcp.keepAliveProbes cannot be set on the transport '"
                        + kind
                        + "' of this platform: set them to 0, or run Canyon on Linux with canyon.transport=epoll",
                null);
    }

    private boolean hasTiming() {
        return !idle.isZero() || !interval.isZero() || probes > 0;
    }

    private static int seconds(Duration time) {
        return Math.toIntExact(TimeUnit.MILLISECONDS.toSeconds(time.toMillis() + 999));
    }
}
