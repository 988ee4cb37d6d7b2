package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {

    @TempDir
    Path directory;

    @Test
    void sigtermDrainsConnectionsWhileTheApiStillAnswersAndThenEnds() throws Exception {
        try (CanyonProcess canyon = CanyonProcess.start(directory, "--canyon.default-listeners=false")) {
            int port = canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":600000}");
            byte[] message = new byte[16 * 1024 * 1024];
            new Random(1).nextBytes(message);
            try (Socket client = new Socket()) {
                client.setReceiveBufferSize(8 * 1024);
                client.setSoTimeout(10_000);
                client.connect(new InetSocketAddress("127.0.0.1", port));
                Thread sender = new Thread(() -> send(client, message));
                sender.setDaemon(true);
                sender.start();
                long arrived = awaitStandstill(canyon);

                canyon.terminate();
                await().untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                        .isInstanceOf(ConnectException.class));
                assertThat(canyon.get("/actuator/health/readiness").statusCode())
                        .isEqualTo(503);

                byte[] answer = client.getInputStream().readAllBytes();
                assertThat((long) answer.length).isGreaterThanOrEqualTo(arrived);
                assertThat(answer).isEqualTo(Arrays.copyOf(message, answer.length));
            }
            assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(canyon.log()).doesNotContain("ERROR", "LEAK");
        }
    }

    @Test
    void aClientThatNeverEndsDoesNotHoldUpTheEnd() throws Exception {
        try (CanyonProcess canyon = CanyonProcess.start(directory, "--canyon.default-listeners=false")) {
            int port = canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":600000}");
            try (Socket stuck = new Socket("127.0.0.1", port)) {
                Thread sender = new Thread(() -> send(stuck, new byte[64 * 1024 * 1024]));
                sender.start();
                await().until(() -> canyon.get("/api/v1/listeners/a").body().contains("\"active\":1"));
                canyon.terminate();
                assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
                sender.join();
            }
        }
    }

    /** Waits until the buffers on the way are full. @return what has arrived by then */
    private static long awaitStandstill(CanyonProcess canyon) {
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300)).until(() -> {
            long now = canyon.receivedBytes("a");
            return now > 1_000 && before.getAndSet(now) == now;
        });
        return before.get();
    }

    /** Ends when the peer does. */
    private static void send(Socket client, byte[] message) {
        try {
            client.getOutputStream().write(message);
        } catch (IOException ex) {
            assertThat(client.isConnected()).isTrue();
        }
    }
}
