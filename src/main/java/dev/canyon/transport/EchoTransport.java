package dev.canyon.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Opens endpoints. All of them share a few event loop threads, one per processor, however many endpoints there are.
 *
 * <p>May be used from any thread but an event loop.
 */
public final class EchoTransport implements AutoCloseable {

    /** Netty's own property: {@code disabled}, {@code simple}, {@code advanced} or {@code paranoid}. */
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    private final TransportParts parts;
    private final LoopLag lag;

    private EchoTransport(TransportKind kind) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("canyon-loop", true),
                kind.ioHandlers());
        this.parts = new TransportParts(
                kind,
                loops,
                new AddressWatch(),
                new OwnPorts(),
                new DescriptorBudget(Descriptors.limit(), Descriptors.open()),
                new AcceptFailures(),
                new EchoLatency(),
                new EchoLatency());
        this.lag = new LoopLag(loops);
    }

    /** @throws IllegalStateException if this kind does not load on this machine; the cause says why */
    public static EchoTransport start(TransportKind kind) {
        if (!kind.isAvailable()) {
            throw new IllegalStateException(
                    "transport '" + kind + "' is not available on this machine", kind.unavailabilityCause());
        }
        searchForLeaksOnlyIfAsked();
        return new EchoTransport(kind);
    }

    /** Netty would follow one buffer in 128 and note the stack where it is released, which small messages feel. */
    private static void searchForLeaksOnlyIfAsked() {
        if (System.getProperty(LEAK_DETECTION) == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    public TransportKind kind() {
        return parts.kind();
    }

    /**
     * Opens the port; returns once it accepts traffic. Blocks while the port is bound.
     *
     * @param address what to bind: {@link ListenAddress#resolve() spec.address()} looked up
     * @param observation of the listener, the same one each time it opens
     * @throws BindFailedException names the address and the reason; nothing is left open
     * @throws LimitReachedException if the process has too few descriptors for another listener
     */
    public EchoEndpoint open(InetSocketAddress address, EndpointSpec spec, Observation observation) {
        return switch (spec.protocol()) {
            case TCP -> new TcpEchoEndpoint(parts, address, spec, observation);
            case UDP -> new UdpEchoEndpoint(parts, address, spec, observation);
        };
    }

    /** How late the event loops are: the largest delay of any of them now, measured twice a second. */
    public Duration loopLag() {
        return lag.worst();
    }

    /** Over all endpoints, also those that were closed. */
    public EchoLatency echoLatency(Protocol protocol) {
        return switch (protocol) {
            case TCP -> parts.tcpLatency();
            case UDP -> parts.udpLatency();
        };
    }

    /** Ends the event loops, and with them every endpoint still open. Close endpoints first to let them drain. */
    @Override
    public void close() {
        parts.addresses().close();
        parts.loops().shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
