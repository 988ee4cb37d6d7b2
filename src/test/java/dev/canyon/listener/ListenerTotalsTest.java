package dev.canyon.listener;

import static dev.canyon.listener.TestListeners.port;
import static dev.canyon.listener.TestListeners.tcp;
import static dev.canyon.listener.TestListeners.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerTotals;
import dev.canyon.net.Protocol;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerTotalsTest {

    private final TestListeners room = new TestListeners();

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void neitherAResetNorADeletionTakesAnythingAway() throws Exception {
        echo(port(room.listeners.create(tcp("totals-a", 0))), 100);
        echo(port(room.listeners.create(tcp("totals-b", 0))), 10);
        await().until(() -> room.directory.totals().all().connections().active() == 0);
        ListenerTotals before = room.directory.totals();
        assertThat(before.all().receivedBytes()).isEqualTo(110);
        assertThat(before.all().connections().total()).isEqualTo(2);

        room.listeners.resetCounters("totals-a");
        room.listeners.delete("totals-a", OptionalLong.empty());
        room.listeners.resetCounters("totals-b");
        assertThat(room.directory.totals().traffic())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*peak")
                .isEqualTo(before.traffic());

        echo(port(room.listeners.create(tcp("totals-a", 0))), 1);
        await().untilAsserted(() ->
                assertThat(room.directory.totals().all().connections().closed()).containsEntry(CloseReason.CLIENT, 3L));
        assertThat(room.directory.totals().all().sentBytes()).isEqualTo(111);
    }

    @Test
    void listenersAreCountedByStateAndTrafficByProtocol() throws Exception {
        room.listeners.create(tcp("totals-a", 0));
        room.listeners.create(udp("totals-b", 0));
        room.listeners.create(udp("totals-c", 0).enabled(false));
        echo(port(room.directory.find("totals-a").orElseThrow()), 7);
        ListenerTotals totals = room.directory.totals();
        assertThat(totals.states()).containsOnly(Map.entry("running", 2), Map.entry("stopped", 1));
        assertThat(totals.of(Protocol.TCP).receivedBytes()).isEqualTo(7);
        assertThat(totals.of(Protocol.UDP).receivedBytes()).isZero();
    }

    @Test
    void aChangeOfTheProtocolTakesNothingAway() throws Exception {
        echo(port(room.listeners.create(tcp("totals-a", 0))), 100);
        await().until(() -> room.directory.totals().all().connections().active() == 0);
        EndpointCounters.Reading before = room.directory.totals().of(Protocol.TCP);

        ListenerSnapshot changed = room.listeners.change(udp("totals-a", 0), OptionalLong.empty());
        assertThat(changed.counters().receivedBytes()).isEqualTo(100);
        assertThat(room.directory.totals().of(Protocol.TCP)).isEqualTo(before);
        assertThat(room.directory.totals().of(Protocol.UDP).receivedBytes()).isZero();

        room.listeners.resetCounters("totals-a");
        room.listeners.change(tcp("totals-a", 0), OptionalLong.empty());
        echo(port(room.directory.find("totals-a").orElseThrow()), 10);
        assertThat(room.directory.find("totals-a").orElseThrow().counters().receivedBytes())
                .isEqualTo(10);
        await().until(() -> room.directory.totals().all().connections().active() == 0);
        room.listeners.delete("totals-a", OptionalLong.empty());
        assertThat(room.directory.totals().of(Protocol.TCP).receivedBytes()).isEqualTo(110);
        assertThat(room.directory.totals().of(Protocol.UDP).receivedBytes()).isZero();
    }

    /** A connection that drains after the change counts for its own protocol. */
    @Test
    void aDrainingConnectionCountsForItsProtocol() throws Exception {
        try (Socket client = new Socket("127.0.0.1", port(room.listeners.create(tcp("totals-a", 0))))) {
            await().until(() ->
                    room.directory.totals().of(Protocol.TCP).connections().active() == 1);
            room.listeners.change(udp("totals-a", 0), OptionalLong.empty());
            assertThat(room.directory.totals().of(Protocol.TCP).connections().total())
                    .isEqualTo(1);
            client.close();
            await().untilAsserted(() -> assertThat(room.directory
                            .totals()
                            .of(Protocol.TCP)
                            .connections()
                            .active())
                    .isZero());
            assertThat(room.directory.totals().of(Protocol.TCP).connections().total())
                    .isEqualTo(1);
        }
    }

    private static void echo(int port, int bytes) throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write(new byte[bytes]);
            assertThat(client.getInputStream().readNBytes(bytes)).hasSize(bytes);
        }
    }
}
