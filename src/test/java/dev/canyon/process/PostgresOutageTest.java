package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.store.PostgresServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away, hangs, and comes back; nobody restarts Canyon. */
class PostgresOutageTest {

    private static final Duration LONGEST_HEALING = Duration.ofSeconds(10);
    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    @Test
    void echoGoesOnAndChangesWaitUntilItIsBack() throws Exception {
        int declared = FreePorts.next();
        try (PostgresServer postgres = new PostgresServer()) {
            postgres.stop();
            try (CanyonProcess canyon = CanyonProcess.launch(
                    directory,
                    "--spring.datasource.url=" + postgres.url("postgres"),
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=postgres",
                    "--canyon.listeners[0].name=declared",
                    "--canyon.listeners[0].protocol=tcp",
                    "--canyon.listeners[0].port=" + declared)) {
                canyon.awaitAnswer();
                await().atMost(Duration.ofSeconds(60)).until(() -> echo(declared));
                assertAway(canyon, declared);
                assertThat(canyon.isReady()).isFalse();
                assertThat(canyon.failures("load")).isPositive();

                postgres.start();
                await().atMost(LONGEST_HEALING).until(canyon::isReady);
                int port = canyon.create("{\"name\":\"kept\",\"protocol\":\"tcp\",\"port\":0}");
                assertThat(port).isPositive();

                postgres.hang();
                try {
                    assertAway(canyon, port);
                    assertThat(canyon.isReady()).isTrue();
                } finally {
                    postgres.resume();
                }
                assertHeals(canyon, "after-hang");

                postgres.stop();
                assertAway(canyon, port);
                assertThat(canyon.isReady()).isTrue();
                postgres.start();
                assertHeals(canyon, "after-stop");
                assertThat(canyon.get("/api/v1/listeners/kept").statusCode()).isEqualTo(200);
            }
        }
    }

    private static void assertAway(CanyonProcess canyon, int port) throws IOException {
        long before = System.nanoTime();
        var refused = canyon.post("{\"name\":\"refused\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONGEST_REFUSAL.plusSeconds(1));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("store-unavailable");
        assertThat(echo(port)).isTrue();
        assertThat(canyon.get("/api/v1/listeners").body()).contains("declared").doesNotContain("refused");
        assertThat(canyon.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        var health = canyon.get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("DEGRADED");
    }

    private static void assertHeals(CanyonProcess canyon, String name) {
        await().atMost(LONGEST_HEALING)
                .until(() -> canyon.post("{\"name\":\"" + name + "\",\"protocol\":\"tcp\",\"port\":0}")
                                .statusCode()
                        == 201);
        await().atMost(LONGEST_HEALING)
                .until(() -> canyon.get("/actuator/health/store").body().contains("UP"));
    }

    private static boolean echo(int port) {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(5_000);
            client.getOutputStream().write(7);
            return client.getInputStream().read() == 7;
        } catch (IOException ex) {
            return false;
        }
    }
}
