package dev.canyon.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Opens endpoints for a test and closes them after it; then what they have counted must add up, whatever the test was
 * about. The event loops are shared by all tests of a transport.
 */
final class Endpoints implements AutoCloseable {

    private static final Map<TransportKind, EchoTransport> TRANSPORTS = new EnumMap<>(TransportKind.class);

    private final List<Opened> open = new ArrayList<>();

    /** An endpoint and what it has counted. */
    record Opened(EchoEndpoint endpoint, EndpointCounters counters, Peers peers, TapPoint taps) {

        EndpointCounters.Reading read() {
            return counters.read();
        }

        int port() {
            return endpoint.address().getPort();
        }
    }

    static synchronized EchoTransport transport(TransportKind kind) {
        return TRANSPORTS.computeIfAbsent(kind, EchoTransport::start);
    }

    Opened open(TransportKind kind, EndpointSpec spec) {
        return open(kind, spec, SocketObserver.NONE);
    }

    Opened open(TransportKind kind, EndpointSpec spec, SocketObserver observer) {
        Observation observation = Observation.by(observer);
        EchoEndpoint endpoint = transport(kind).open(spec.address().resolve(), spec, observation);
        Opened opened = new Opened(endpoint, observation.counters(), observation.peers(), observation.taps());
        open.add(opened);
        return opened;
    }

    Opened tcp(Wire wire) {
        return tcp(wire, settings -> settings);
    }

    Opened tcp(Wire wire, UnaryOperator<TcpSettings> change) {
        return open(wire.kind(), spec(wire.loopback(), 0, change.apply(TcpSettings.defaults())));
    }

    Opened udp(Wire wire) {
        return open(wire.kind(), spec(wire.loopback(), 0, UdpSettings.defaults()));
    }

    /** Free on all addresses, and below those that the system gives to clients, so that it stays so. */
    static int portThatTheSystemDoesNotChoose() {
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
        open.forEach(opened -> await().untilAsserted(() -> assertAddsUp(opened)));
    }

    /**
     * No more goes out than came in, no connection is forgotten, and on UDP each datagram that was received is either sent
     * back or dropped for a reason.
     */
    private static void assertAddsUp(Opened opened) {
        EndpointCounters.Reading reading = opened.read();
        ConnectionCounter.Reading connections = reading.connections();
        assertThat(reading.sentBytes()).as("sent bytes").isLessThanOrEqualTo(reading.receivedBytes());
        assertThat(reading.sentMessages()).as("sent messages").isLessThanOrEqualTo(reading.receivedMessages());
        assertThat(connections.active()).as("active after the end").isZero();
        assertThat((long) connections.peak()).as("peak").isLessThanOrEqualTo(connections.total());
        if (opened.endpoint().protocol() == Protocol.UDP) {
            assertThat(reading.receivedMessages())
                    .as("received datagrams")
                    .isEqualTo(reading.sentMessages() + droppedAfterReceipt(reading));
            assertThat(connections.total()).as("connections of UDP").isZero();
        }
    }

    private static long droppedAfterReceipt(EndpointCounters.Reading reading) {
        return reading.dropped().entrySet().stream()
                .filter(dropped -> dropped.getKey() != DropReason.KERNEL)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
