package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.OnEveryWire;
import dev.canyon.engine.Wire;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.ListenAddress;
import dev.canyon.probe.spec.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

/** A run against a listener of Canyon loses nothing on any transport and address family. */
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
