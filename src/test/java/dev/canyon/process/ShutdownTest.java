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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {

    @TempDir
    Path directory;

    @Test
    void sigtermDrainsConnectionsWhileTheApiStillAnswersAndThenEnds() throws Exception {
        try (CanyonProcess canyon = new CanyonProcess(directory, "true", "--canyon.default-listeners=false")) {
            int port = canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":600000}");
            byte[] message = new byte[2_000_000];
            new Random(1).nextBytes(message);
            try (Socket client = new Socket()) {
                client.setReceiveBufferSize(8 * 1024);
                client.setSoTimeout(10_000);
                client.connect(new InetSocketAddress("127.0.0.1", port));
                Thread sender = new Thread(() -> send(client, message));
                sender.start();
                assertThat(client.getInputStream().read()).isEqualTo(message[0] & 0xff);

                canyon.terminate();
                await().untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                        .isInstanceOf(ConnectException.class));
                assertThat(canyon.get("/actuator/health/readiness").statusCode())
                        .isEqualTo(503);

                byte[] rest = client.getInputStream().readNBytes(message.length - 1);
                assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(message, 1, message.length));
                sender.join();
            }
            assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(canyon.log()).doesNotContain("ERROR", "LEAK");
        }
    }

    @Test
    void aClientThatNeverEndsDoesNotHoldUpTheEnd() throws Exception {
        try (CanyonProcess canyon = new CanyonProcess(directory, "true", "--canyon.default-listeners=false")) {
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

    /** Ends when the peer does. */
    private static void send(Socket client, byte[] message) {
        try {
            client.getOutputStream().write(message);
        } catch (IOException ex) {
            assertThat(client.isConnected()).isTrue();
        }
    }
}
