package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.Peers;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.traffic.ConnectionCounter;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.engine.traffic.TapPoint;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Opens endpoints for a test and closes them after it; then checks that their counters are consistent. The event loops are shared by all tests of a transport.
 */
public final class Endpoints implements AutoCloseable {

    private static final Map<TransportKind, EchoTransport> TRANSPORTS = new EnumMap<>(TransportKind.class);

    private final List<Opened> open = new ArrayList<>();

    /** An endpoint and its counters. */
    public record Opened(
            EchoEndpoint endpoint, EndpointCounters counters, Peers peers, TapPoint taps, FaultPoint faults) {

        public EndpointCounters.Reading read() {
            return counters.read();
        }

        int port() {
            return endpoint.address().getPort();
        }
    }

    public static synchronized EchoTransport transport(TransportKind kind) {
        return TRANSPORTS.computeIfAbsent(kind, first -> EchoTransport.start(first, Certificates::bundle));
    }

    public Opened open(TransportKind kind, EndpointSpec spec) {
        return open(kind, spec, SocketObserver.NONE);
    }

    Opened open(TransportKind kind, EndpointSpec spec, SocketObserver observer) {
        Observation observation = Observation.by(observer);
        EchoEndpoint endpoint = transport(kind).open(spec.address().resolve(), spec, observation);
        Opened opened = new Opened(
                endpoint, observation.counters(), observation.peers(), observation.taps(), observation.faults());
        open.add(opened);
        return opened;
    }

    public Opened tcp(Wire wire) {
        return tcp(wire, settings -> settings);
    }

    public Opened tcp(Wire wire, UnaryOperator<TcpSettings> change) {
        return open(wire.kind(), spec(wire.loopback(), 0, change.apply(TcpSettings.defaults())));
    }

    /** With TLS; the bundle is {@code server} unless another one is given. */
    public Opened tls(Wire wire, Map<String, ?> values) {
        return tls(wire, values, TcpSettings.defaults());
    }

    Opened tls(Wire wire, Map<String, ?> values, TcpSettings tcp) {
        return open(wire.kind(), tlsSpec(wire, values, tcp));
    }

    /** Connections begin with a PROXY header; {@code mode} is {@code required} unless another one is given. */
    static ProxyProtocolSettings proxies(Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(Map.of("mode", "required"));
        all.putAll(values);
        return ProxyProtocolSettings.with(all);
    }

    static EndpointSpec tlsSpec(Wire wire, Map<String, ?> values, TcpSettings tcp) {
        Map<String, Object> all = new HashMap<>(Map.of("bundle", "server"));
        all.putAll(values);
        return new EndpointSpec(
                        new ListenAddress(wire.loopback(), 0), EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), tcp)
                .encryptedBy(TlsSettings.with(all));
    }

    public Opened udp(Wire wire) {
        return open(wire.kind(), spec(wire.loopback(), 0, UdpSettings.defaults()));
    }

    /** On a port that was closed before; see {@link TcpClient#awaitRefused}. */
    Opened openAgain(TransportKind kind, EndpointSpec spec) {
        return await().ignoreExceptionsMatching(failure ->
                        failure instanceof BindFailedException failed && failed.failure() == BindFailure.PORT_IN_USE)
                .until(() -> open(kind, spec), opened -> true);
    }

    /** With a port that no other socket takes while it is closed. */
    Opened tcpToBeClosed(Wire wire) {
        return open(wire.kind(), spec(wire.loopback(), freePortOutsideTheEphemeralRange(), TcpSettings.defaults()));
    }

    /** With a port that no other socket takes while it is closed. */
    Opened udpToBeClosed(Wire wire) {
        return open(wire.kind(), spec(wire.loopback(), freePortOutsideTheEphemeralRange(), UdpSettings.defaults()));
    }

    /** A port that is free on all addresses and below the ephemeral range, so that it stays free. */
    static int freePortOutsideTheEphemeralRange() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (DatagramSocket probe = new DatagramSocket(port)) {
                return probe.getLocalPort();
            } catch (SocketException ex) {
                // In use: the next one.
            }
        }
        throw new IllegalStateException("no free port from 12000 to 32000");
    }

    static EndpointSpec spec(String host, int port, ProtocolSettings settings) {
        return new EndpointSpec(new ListenAddress(host, port), EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), settings);
    }

    @Override
    public void close() {
        open.forEach(opened -> opened.endpoint().close(Duration.ZERO).join());
        open.forEach(opened -> await().untilAsserted(() -> assertConsistent(opened)));
    }

    /**
     * Everything received was sent, apart from what was discarded, added or dropped, and every connection is counted as closed.
     */
    private static void assertConsistent(Opened opened) {
        EndpointCounters.Reading reading = opened.read();
        ConnectionCounter.Reading connections = reading.connections();
        assertThat(connections.active()).as("active after the end").isZero();
        assertThat((long) connections.peak()).as("peak").isLessThanOrEqualTo(connections.total());
        if (opened.endpoint().protocol() == Protocol.UDP) {
            assertThat(reading.receivedMessages())
                    .as("received datagrams")
                    .isEqualTo(reading.sentMessages() - reading.addedMessages() + droppedAfterReceipt(reading));
            assertThat(connections.total()).as("connections of UDP").isZero();
        } else {
            assertThat(reading.receivedBytes())
                    .as("received bytes")
                    .isEqualTo(reading.sentBytes() - reading.addedBytes() + reading.discardedBytes());
        }
    }

    private static long droppedAfterReceipt(EndpointCounters.Reading reading) {
        return reading.dropped().entrySet().stream()
                .filter(dropped -> dropped.getKey() != DropReason.KERNEL)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
