package dev.canyon.api.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=summary-declared",
            "canyon.listeners[0].protocol=tcp",
            "canyon.listeners[0].port=0",
            "canyon.listeners[1].name=summary-bad",
            "canyon.listeners[1].protocol=tcp",
            "canyon.listeners[1].host=203.0.113.1",
            "canyon.listeners[1].port=7",
        })
class SummaryApiTest extends ApiTest {

    private static final String SUMMARY = "/api/v1/summary";

    @Test
    void countsListenersByState() throws Exception {
        create("{\"name\":\"summary-off\",\"protocol\":\"udp\",\"port\":0,\"enabled\":false}");
        Answer summary = get(SUMMARY);
        assertThat(summary.status()).isEqualTo(200);
        assertThat(summary.header("Cache-Control")).isEqualTo("no-store");
        assertThat(summary.at("/listeners/running").intValue()).isEqualTo(1);
        assertThat(summary.at("/listeners/stopped").intValue()).isEqualTo(1);
        assertThat(summary.at("/listeners/failed").intValue()).isEqualTo(1);
        assertThat(Instant.parse(summary.at("/at").stringValue()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(get(SUMMARY + "?since=yesterday").fields()).containsExactly("since");
    }

    @Test
    void totalsIncludeDeletedListenersAndRatesAreNeverNegative() throws Exception {
        Answer before = get(SUMMARY);
        int tcp = create("{\"name\":\"summary-tcp\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        int udp = create("{\"name\":\"summary-udp\",\"protocol\":\"udp\",\"port\":0,\"bufferBytes\":10}")
                .at("/status/port")
                .intValue();
        echo(tcp, 1_000);
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            client.send(new DatagramPacket(new byte[11], 11, InetAddress.getByName("127.0.0.1"), udp));
        }
        await().untilAsserted(() -> {
            Answer now = get(SUMMARY);
            assertThat(difference(before, now, "/traffic/receivedBytes")).isEqualTo(1_011);
            assertThat(difference(before, now, "/traffic/sentBytes")).isEqualTo(1_000);
            assertThat(difference(before, now, "/connections/total")).isEqualTo(1);
            assertThat(difference(before, now, "/connections/active")).isZero();
            assertThat(difference(before, now, "/dropped/oversize")).isEqualTo(1);
            assertThat(difference(before, now, "/closed/client")).isEqualTo(1);
        });
        post("/api/v1/listeners/summary-tcp/reset-counters");
        delete("/api/v1/listeners/summary-tcp");
        delete("/api/v1/listeners/summary-udp");
        Answer after = get(SUMMARY);
        assertThat(difference(before, after, "/traffic/receivedBytes")).isEqualTo(1_011);
        assertThat(difference(before, after, "/connections/total")).isEqualTo(1);
        assertThat(after.at("/perSecond/receivedBytes").doubleValue()).isNotNegative();
        assertThat(after.at("/perSecond/connections").doubleValue()).isNotNegative();
    }

    @Test
    void ratesAreAveragesOverTheReportedWindow() throws Exception {
        int port = create("{\"name\":\"summary-rate\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        // Reading every second moves the window until it contains nothing of earlier tests.
        await().pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            Answer quiet = get(SUMMARY);
            assertThat(quiet.at("/perSecond/receivedBytes").doubleValue()).isZero();
            assertThat(quiet.at("/perSecond/windowMs").longValue()).isLessThan(8_000);
        });
        echo(port, 100_000);
        await().untilAsserted(() -> {
            Answer busy = get(SUMMARY);
            double seconds = busy.at("/perSecond/windowMs").longValue() / 1_000.0;
            assertThat(busy.at("/perSecond/receivedBytes").doubleValue() * seconds)
                    .isBetween(99_000.0, 101_000.0);
            assertThat(busy.at("/perSecond/connections").doubleValue() * seconds)
                    .isBetween(0.9, 1.1);
            assertThat(busy.at("/perSecond/receivedMessages").doubleValue()).isPositive();
        });
    }

    private static long difference(Answer before, Answer after, String pointer) {
        return after.at(pointer).longValue() - before.at(pointer).longValue();
    }

    private static void echo(int port, int bytes) throws Exception {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write(new byte[bytes]);
            assertThat(client.getInputStream().readNBytes(bytes)).hasSize(bytes);
        }
    }
}
