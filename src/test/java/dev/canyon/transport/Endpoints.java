package dev.canyon.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Opens endpoints for a test and closes them after it. The event loops are shared by all tests of a transport. */
final class Endpoints implements AutoCloseable {

    private static final Map<TransportKind, EchoTransport> TRANSPORTS = new EnumMap<>(TransportKind.class);

    private final List<EchoEndpoint> open = new ArrayList<>();

    /** An endpoint and what it has counted. */
    record Opened(EchoEndpoint endpoint, EndpointCounters counters) {

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
        EndpointCounters counters = new EndpointCounters();
        EchoEndpoint endpoint = transport(kind).open(spec.address().resolve(), spec, counters);
        open.add(endpoint);
        return new Opened(endpoint, counters);
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

    static EndpointSpec spec(String host, int port, ProtocolSettings settings) {
        return new EndpointSpec(new ListenAddress(host, port), EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), settings);
    }

    @Override
    public void close() {
        open.forEach(endpoint -> endpoint.close(Duration.ZERO).join());
    }
}
