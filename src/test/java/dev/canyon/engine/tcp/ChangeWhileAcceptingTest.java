package dev.canyon.engine.tcp;

import static org.awaitility.Awaitility.await;

import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Settings that change while connections are being accepted reach every one of them. */
class ChangeWhileAcceptingTest {

    private static final int ROUNDS = 100;
    private static final int CLIENTS = 20;
    private static final Duration POLL = Duration.ofMillis(5);

    @Test
    void everyConnectionHasTheLatestSettings() throws Exception {
        Observation observation = Observation.by(SocketObserver.NONE);
        EndpointSpec first = spec(Duration.ofMinutes(1));
        try (EchoTransport transport = EchoTransport.start(TransportKind.preferred())) {
            EchoEndpoint endpoint = transport.open(first.address().resolve(), first, observation);
            for (int round = 1; round <= ROUNDS; round++) {
                List<Socket> clients = new ArrayList<>();
                CompletableFuture<Void> connecting =
                        CompletableFuture.runAsync(() -> connect(endpoint.address(), clients));
                EndpointSpec latest = spec(Duration.ofMinutes(1).plusMillis(round));
                Thread.onSpinWait();
                endpoint.apply(latest);
                connecting.join();
                await().pollDelay(Duration.ZERO)
                        .pollInterval(POLL)
                        .untilAsserted(() -> assertAllApplied(observation, latest));
                for (Socket client : clients) {
                    client.close();
                }
                await().pollDelay(Duration.ZERO)
                        .pollInterval(POLL)
                        .until(() -> observation.counters().read().connections().active() == 0);
            }
            endpoint.close(Duration.ZERO).join();
        }
    }

    private static void assertAllApplied(Observation observation, EndpointSpec latest) {
        Queue<EndpointSpec> applied = new ConcurrentLinkedQueue<>();
        observation
                .peers()
                .connections()
                .onEach(connection -> applied.add(((TcpConnection) connection).applied()))
                .join();
        org.assertj.core.api.Assertions.assertThat(applied).hasSize(CLIENTS).allMatch(latest::equals);
    }

    private static void connect(InetSocketAddress to, List<Socket> clients) {
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Socket(to.getAddress(), to.getPort()));
            }
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static EndpointSpec spec(Duration idleTimeout) {
        return new EndpointSpec(
                new ListenAddress("127.0.0.1", 0),
                EndpointSpec.DEFAULT_BUFFER_BYTES,
                List.of(),
                TcpSettings.with(Map.of("idleTimeoutMs", idleTimeout.toMillis())));
    }
}
