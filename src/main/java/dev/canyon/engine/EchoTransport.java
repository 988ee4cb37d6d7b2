package dev.canyon.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.kernel.AcceptFailures;
import dev.canyon.engine.kernel.AddressWatch;
import dev.canyon.engine.kernel.DescriptorBudget;
import dev.canyon.engine.kernel.Descriptors;
import dev.canyon.engine.kernel.LoopLag;
import dev.canyon.engine.kernel.OpenUdpPorts;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.tcp.TcpEchoEndpoint;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.traffic.ByteBudget;
import dev.canyon.engine.traffic.EchoLatency;
import dev.canyon.engine.traffic.MemoryWatch;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.engine.udp.UdpEchoEndpoint;
import dev.canyon.net.Protocol;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Opens endpoints. All endpoints share the event loop threads: one per processor, unless the transport is {@linkplain #embed embedded}.
 *
 * <p>May be used from any thread except an event loop.
 */
public final class EchoTransport implements AutoCloseable {

    /** Netty's own property: {@code disabled}, {@code simple}, {@code advanced} or {@code paranoid}. */
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    private final TransportParts parts;
    private final LoopLag lag;

    private EchoTransport(TransportKind kind, int threads, ByteBudget waiting, TlsContexts tls) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("canyon-loop", true), kind.ioHandlers());
        this.parts = new TransportParts(
                kind,
                loops,
                new AddressWatch(),
                new OpenUdpPorts(),
                new DescriptorBudget(Descriptors.limit(), Descriptors.open()),
                new AcceptFailures(),
                waiting,
                new EchoLatency(),
                new EchoLatency(),
                tls);
        this.lag = new LoopLag(loops);
        MemoryWatch.start(waiting, loops);
    }

    /** @throws IllegalStateException if this kind is not available on this machine; the cause gives the reason */
    public static EchoTransport start(TransportKind kind) {
        return start(kind, TlsContexts.NONE);
    }

    /**
     * @param tls the SSL bundles for endpoints with TLS
     * @throws IllegalStateException if this kind is not available on this machine; the cause gives the reason
     */
    public static EchoTransport start(TransportKind kind, TlsContexts tls) {
        return start(kind, defaultWaitingBytes(), tls);
    }

    /**
     * An eighth of the memory that the process may use, and no more than half of the direct memory: the rest is for buffers in use
     * and for unused parts of the chunks of the allocator.
     */
    public static long defaultWaitingBytes() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.max(1, Math.min(system.getTotalMemorySize() / 8, PlatformDependent.maxDirectMemory() / 2));
    }

    /** Without SSL bundles. */
    static EchoTransport start(TransportKind kind, long waitingBytes) {
        return start(kind, waitingBytes, TlsContexts.NONE);
    }

    /**
     * @param waitingBytes 1 or more: what may wait in memory, see {@link ByteBudget}
     * @param tls the SSL bundles for endpoints with TLS
     * @throws IllegalStateException if this kind is not available on this machine; the cause gives the reason
     */
    public static EchoTransport start(TransportKind kind, long waitingBytes, TlsContexts tls) {
        if (!kind.isAvailable()) {
            throw new IllegalStateException(
                    "transport '" + kind + "' is not available on this machine", kind.unavailabilityCause());
        }
        disableLeakDetectionUnlessRequested();
        return new EchoTransport(kind, Runtime.getRuntime().availableProcessors(), new ByteBudget(waitingBytes), tls);
    }

    /**
     * Starts a transport inside another program, which may use Netty itself: leaves what Netty has for the whole process as it is, and
     * needs no native code.
     *
     * @param threads the number of event loops, 1 or more
     * @param tls the certificates of endpoints with TLS
     */
    public static EchoTransport embed(int threads, TlsContexts tls) {
        return new EchoTransport(TransportKind.NIO, threads, new ByteBudget(defaultWaitingBytes()), tls);
    }

    /** Netty would sample one buffer in 128 and record stack traces, which costs 2 % of the throughput of small messages. */
    private static void disableLeakDetectionUnlessRequested() {
        if (System.getProperty(LEAK_DETECTION) == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    public TransportKind kind() {
        return parts.kind();
    }

    /**
     * Opens the port; returns once it accepts traffic. Blocks until the port is bound.
     *
     * @param address the address to bind: {@link dev.canyon.net.ListenAddress#resolve() spec.address()}, resolved
     * @param observation of the listener, the same one each time it is opened
     * @throws dev.canyon.net.BindFailedException names the address and the reason; nothing is left open
     * @throws dev.canyon.engine.tls.TlsUnavailableException if an SSL bundle of {@code spec.tls()} cannot be used
     * @throws dev.canyon.engine.kernel.LimitReachedException if the process has too few descriptors for another listener
     */
    public EchoEndpoint open(InetSocketAddress address, EndpointSpec spec, Observation observation) {
        return switch (spec.protocol()) {
            case TCP -> new TcpEchoEndpoint(parts, address, spec, observation);
            case UDP -> new UdpEchoEndpoint(parts, address, spec, observation);
        };
    }

    /**
     * Checks what {@link #open} would fail with, without creating a certificate.
     *
     * @throws dev.canyon.engine.tls.TlsUnavailableException if an SSL bundle of {@code spec.tls()} cannot be used
     */
    public void requireBundles(EndpointSpec spec) {
        TlsSettings tls = spec.tls();
        if (tls != null) {
            parts.tls().require(tls.bundle());
            tls.sni().values().forEach(parts.tls()::require);
        }
    }

    /** What waits in the memory of the process, and its limit. */
    public ByteBudget waiting() {
        return parts.byteBudget();
    }

    /** The largest current lag of any event loop, measured twice a second. */
    public Duration loopLag() {
        return lag.worst();
    }

    /** The latency over all endpoints, including closed ones. */
    public EchoLatency echoLatency(Protocol protocol) {
        return switch (protocol) {
            case TCP -> parts.tcpLatency();
            case UDP -> parts.udpLatency();
        };
    }

    /** Stops the event loops, which closes every open endpoint. Close endpoints first to drain them. */
    @Override
    public void close() {
        parts.addresses().close();
        parts.loops().shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
