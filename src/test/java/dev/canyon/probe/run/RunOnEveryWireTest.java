package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.transport.EchoEndpoint;
import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Observation;
import dev.canyon.transport.OnEveryWire;
import dev.canyon.transport.ProtocolSettings;
import dev.canyon.transport.SocketObserver;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import dev.canyon.transport.Wire;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

/** A run against a listener of ours, on each transport and address family, loses nothing. */
@Timeout(60)
class RunOnEveryWireTest {

    @OnEveryWire
    void everyMessageComesBack(Wire wire) throws Exception {
        try (EchoTransport transport = EchoTransport.start(wire.kind());
                TestRuns runs = new TestRuns(wire.kind())) {
            for (ProtocolSettings settings : List.of(TcpSettings.defaults(), UdpSettings.defaults())) {
                EchoEndpoint endpoint = open(transport, new ListenAddress(wire.loopback(), 0), settings);
                for (Specs specs : shapes().toList()) {
                    RunResult result = runs.complete(endpoint.protocol(), endpoint.address(), specs);
                    assertThat(result.received()).as(specs.toString()).isEqualTo(specs.messages());
                    assertThat(result.errors()).isEmpty();
                    assertThat(result.corrupted() + result.duplicated()).isZero();
                }
                endpoint.close(Duration.ZERO).join();
            }
        }
    }

    private static EchoEndpoint open(EchoTransport transport, ListenAddress address, ProtocolSettings settings) {
        EndpointSpec spec = new EndpointSpec(address, EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), settings);
        return transport.open(address.resolve(), spec, Observation.by(SocketObserver.NONE));
    }

    private static Stream<Specs> shapes() {
        Specs some = Specs.messages(600);
        return Stream.of(
                some.over(10),
                some.over(3).inFlight(16),
                some.of(8_000).inFlight(4),
                some.over(5).at(3_000));
    }
}
