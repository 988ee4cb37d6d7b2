package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.traffic.ConnectionCounter.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Connections that a client opens and closes without sending anything, as health checks do. */
@Execution(ExecutionMode.CONCURRENT)
class ProbeTest {

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @OnEveryWire
    void aConnectionClosedAtOnceAndUnusedIsAProbe(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        for (int i = 0; i < 20; i++) {
            connect(opened).close();
            connect(opened).reset();
            try (TcpClient client = connect(opened)) {
                assertThat(client.shutdown().readToEnd()).isEmpty();
            }
        }
        awaitClosed(opened, Map.of(CloseReason.PROBE, 60L));
    }

    @OnEveryWire
    void aClientThatHasSentAByteIsNotAProbe(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = connect(opened)) {
            assertThat(client.send(new byte[] {7}).read(1)).containsExactly(7);
        }
        awaitClosed(opened, Map.of(CloseReason.CLIENT, 1L));
        TcpClient client = connect(opened);
        assertThat(client.send(new byte[] {7}).read(1)).containsExactly(7);
        client.reset();
        awaitClosed(opened, Map.of(CloseReason.CLIENT, 1L, CloseReason.ERROR, 1L));
    }

    @OnEveryWire
    void aSilentClientThatStaysIsNotAProbe(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = connect(opened)) {
            await().until(() -> opened.peers().after(0, 10).stream()
                    .anyMatch(peer -> peer.idle().compareTo(Duration.ofSeconds(1)) > 0));
            assertThat(client.shutdown().readToEnd()).isEmpty();
        }
        awaitClosed(opened, Map.of(CloseReason.CLIENT, 1L));
    }

    @OnEveryWire
    void aConnectionThatCanyonClosesIsNotAProbe(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = connect(opened)) {
            await().until(() -> opened.read().connections().active() == 1);
            opened.endpoint().close(Duration.ofSeconds(5));
            assertThat(client.readToEnd()).isEmpty();
        }
        awaitClosed(opened, Map.of(CloseReason.DRAIN, 1L));
    }

    private static TcpClient connect(Opened opened) throws IOException {
        return TcpClient.connect(opened.endpoint().address());
    }

    private static void awaitClosed(Opened opened, Map<CloseReason, Long> expected) {
        await().untilAsserted(() -> {
            Reading reading = opened.read().connections();
            for (CloseReason reason : CloseReason.values()) {
                assertThat(reading.closed().get(reason))
                        .as(reason.toString())
                        .isEqualTo(expected.getOrDefault(reason, 0L));
            }
            assertThat(reading.total()).as("active and closed").isEqualTo(reading.active() + sum(reading));
        });
    }

    private static long sum(Reading reading) {
        return Arrays.stream(CloseReason.values())
                .mapToLong(reason -> reading.closed().get(reason))
                .sum();
    }
}
