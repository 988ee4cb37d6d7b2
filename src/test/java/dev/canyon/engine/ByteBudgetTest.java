package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.tcp.TcpEchoEndpoint;
import dev.canyon.engine.traffic.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send and never read together hold no more than the budget of the process, and other clients are still served. */
@Timeout(120)
class ByteBudgetTest {

    private static final long BUDGET = 1024 * 1024;
    private static final int NEVER_READERS = 40;

    /** What 40 connections may hold with back-pressure alone is several times the budget. */
    private static final byte[] MUCH = new byte[4 * 1024 * 1024];

    @Test
    void limitsTheBytesHeldForClientsThatNeverReadAndReleasesThemWhenTheyRead() throws Exception {
        ThreadLocalRandom.current().nextBytes(MUCH);
        Observation observation = Observation.by(SocketObserver.NONE);
        EndpointSpec spec = Endpoints.spec("127.0.0.1", 0, settings());
        try (EchoTransport transport = EchoTransport.start(TransportKind.preferred(), BUDGET)) {
            TcpEchoEndpoint endpoint =
                    (TcpEchoEndpoint) transport.open(spec.address().resolve(), spec, observation);
            List<TcpClient> clients = new ArrayList<>();
            List<Thread> senders = new ArrayList<>();
            try (TcpClient other = TcpClient.connect(endpoint.address())) {
                // All before the first one sends: connections are rejected once the budget is exceeded.
                for (int i = 0; i < NEVER_READERS; i++) {
                    clients.add(TcpClient.connect(endpoint.address(), 4 * 1024, null));
                }
                await().until(() ->
                        observation.peers().after(0, NEVER_READERS + 1).size() == NEVER_READERS + 1);
                for (TcpClient client : clients) {
                    senders.add(client.sendMeanwhile(MUCH, false));
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> paused(observation) == NEVER_READERS);
                // Buffers count whole: less payload than the budget waits in them.
                assertThat(endpoint.pendingBytes()).isBetween(BUDGET / 8, BUDGET * 12 / 10);
                assertThat(other.send(new byte[] {1, 2, 3}).read(3)).containsExactly(1, 2, 3);
                assertThat(transport.waiting().held()).isBetween(BUDGET, BUDGET * 12 / 10);
                try (TcpClient late = TcpClient.connect(endpoint.address())) {
                    await().until(() -> rejected(observation) == 1);
                    assertThat(late.readToEnd()).isEmpty();
                }

                for (TcpClient client : clients) {
                    assertThat(client.read(MUCH.length)).isEqualTo(MUCH);
                }
                await().until(() -> endpoint.pendingBytes() == 0 && paused(observation) == 0);
                assertThat(transport.waiting().held()).isZero();
            } finally {
                for (TcpClient client : clients) {
                    client.close();
                }
                for (Thread sender : senders) {
                    sender.join();
                }
                endpoint.close(Duration.ZERO).join();
            }
        }
    }

    private static long rejected(Observation observation) {
        return observation.counters().read().connections().rejected().getOrDefault(RejectReason.MEMORY, 0L);
    }

    private static long paused(Observation observation) {
        return observation.peers().after(0, NEVER_READERS + 1).stream()
                .map(Peer::pausedBy)
                .filter(reasons ->
                        reasons.contains(PauseReason.BYTE_BUDGET) || reasons.contains(PauseReason.BACK_PRESSURE))
                .count();
    }

    private static TcpSettings settings() {
        return TcpSettings.with(Map.of("idleTimeoutMs", 0, "writeStallTimeoutMs", 0));
    }
}
