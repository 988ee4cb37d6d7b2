package dev.canyon.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Opens endpoints. All of them share a few event loop threads, one per processor, however many endpoints there are.
 *
 * <p>May be used from any thread but an event loop.
 */
public final class EchoTransport implements AutoCloseable {

    private final TransportKind kind;
    private final EventLoopGroup loops;

    private EchoTransport(TransportKind kind) {
        this.kind = kind;
        this.loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("canyon-loop", true),
                kind.ioHandlers());
    }

    /** @throws IllegalStateException if this kind does not load on this machine; the cause says why */
    public static EchoTransport start(TransportKind kind) {
        if (!kind.isAvailable()) {
            throw new IllegalStateException(
                    "transport '" + kind + "' is not available on this machine", kind.unavailabilityCause());
        }
        return new EchoTransport(kind);
    }

    public TransportKind kind() {
        return kind;
    }

    /**
     * Opens the port; returns once it accepts traffic. Blocks while the host name is looked up and the port is bound.
     *
     * @param counters counts what passes; a listener hands in the same ones each time it opens
     * @throws BindFailedException names the address and the reason; nothing is left open
     */
    public EchoEndpoint open(EndpointSpec spec, EndpointCounters counters) {
        return switch (spec.protocol()) {
            case TCP -> TcpEchoEndpoint.open(kind, loops, spec, counters);
            case UDP -> UdpEchoEndpoint.open(kind, loops, spec, counters);
        };
    }

    /** Ends the event loops, and with them every endpoint still open. Close endpoints first to let them drain. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
