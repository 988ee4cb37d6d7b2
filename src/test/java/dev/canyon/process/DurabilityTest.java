package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.canyon.FreePorts;
import dev.canyon.store.Tmpfs;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was acknowledged outlives the process, however it ends, and the disk. */
class DurabilityTest {

    private static final int KILLS = Integer.getInteger("canyon.test.kills", 2);
    private static final String LISTENERS = "/api/v1/listeners";

    @TempDir
    Path directory;

    /** A change that was asked for: which mark the listener had before and after it; none if it was not there. */
    private record Asked(
            String name, @Nullable Integer before, @Nullable Integer after) {}

    @Test
    void whatWasAcknowledgedOutlivesAKillAtAnyMoment() throws Exception {
        long seed = Long.getLong("canyon.test.seed", System.nanoTime());
        System.out.println("Killed with -Dcanyon.test.seed=" + seed);
        Random random = new Random(seed);
        Map<String, Integer> acknowledged = new TreeMap<>();
        Asked pending = null;
        int changes = 0;
        for (int round = 0; round < KILLS; round++) {
            try (CanyonProcess canyon = start()) {
                verify(canyon, acknowledged, pending);
                pending = null;
                boolean doomed = false;
                while (pending == null) {
                    Asked asked = next(random, acknowledged, changes++);
                    pending = isAcknowledged(canyon, asked, random) ? null : asked;
                    if (pending == null) {
                        put(acknowledged, asked.name, asked.after);
                    }
                    if (!doomed) {
                        // Not before something is acknowledged, which may take long on a busy machine.
                        doomed = true;
                        CompletableFuture.delayedExecutor(random.nextInt(1_500), TimeUnit.MILLISECONDS)
                                .execute(canyon::kill);
                    }
                }
            }
        }
        try (CanyonProcess canyon = start()) {
            verify(canyon, acknowledged, pending);
        }
        assertThat(changes).isGreaterThan(KILLS);
    }

    @Test
    void changesAreRejectedOnceTheDataDirectoryIsGone() throws Exception {
        try (CanyonProcess canyon = start()) {
            canyon.create("{\"name\":\"before\",\"protocol\":\"tcp\",\"port\":0}");
            Files.move(directory.resolve("data"), directory.resolve("gone"));
            HttpResponse<String> rejected = canyon.post("{\"name\":\"after\",\"protocol\":\"tcp\",\"port\":0}");
            assertThat(rejected.statusCode()).isEqualTo(503);
            assertThat(rejected.body()).contains("\"store-unavailable\"", "was deleted, moved or replaced");
            assertThat(canyon.get(LISTENERS + "/after").statusCode()).isEqualTo(404);
            assertThat(canyon.get(LISTENERS + "/before").body()).contains("\"running\"");
            assertThat(canyon.get("/actuator/health/store").body())
                    .contains("DEGRADED", "was deleted, moved or replaced");
            assertThat(canyon.log()).containsOnlyOnce("was deleted, moved or replaced");
        }
    }

    private static Asked next(Random random, Map<String, Integer> known, int mark) {
        String name = "n" + random.nextInt(40);
        Integer before = known.get(name);
        return new Asked(name, before, before != null && random.nextInt(4) == 0 ? null : mark);
    }

    /** @return false if the process was killed before it answered */
    private static boolean isAcknowledged(CanyonProcess canyon, Asked asked, Random random) {
        try {
            String path = LISTENERS + "/" + asked.name;
            // The mark stands twice, so that half a change would show.
            String marks = "\"description\":\"" + asked.after + "\",\"labels\":{\"mark\":\"" + asked.after + "\"}";
            HttpResponse<String> answer;
            if (asked.after == null) {
                answer = canyon.call("DELETE", path, null);
            } else if (asked.before == null) {
                answer = canyon.call(
                        "POST",
                        LISTENERS,
                        "{\"name\":\"" + asked.name + "\",\"protocol\":\"tcp\",\"port\":0," + "\"enabled\":"
                                + random.nextBoolean() + "," + marks + "}");
            } else {
                answer = canyon.call("PATCH", path, "{" + marks + "}");
            }
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
            return true;
        } catch (IOException ex) {
            return false;
        }
    }

    private static void verify(CanyonProcess canyon, Map<String, Integer> acknowledged, @Nullable Asked pending)
            throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        for (JsonNode listener :
                json(canyon.call("GET", LISTENERS + "?limit=1000", null)).path("items")) {
            assertThat(listener.at("/labels/mark").stringValue())
                    .isEqualTo(listener.path("description").stringValue());
            assertThat(listener.at("/status/state").stringValue())
                    .isEqualTo(listener.path("enabled").booleanValue() ? "running" : "stopped");
            found.put(
                    listener.path("name").stringValue(),
                    Integer.valueOf(listener.path("description").stringValue()));
        }
        if (pending != null) {
            // It was not acknowledged: it may have happened, or not.
            assertThat(found.get(pending.name)).isIn(pending.before, pending.after);
            put(acknowledged, pending.name, found.get(pending.name));
        }
        assertThat(found).isEqualTo(acknowledged);
        assertThat(json(canyon.get("/actuator/health/store")).path("status").stringValue())
                .isEqualTo("UP");
    }

    private static void put(Map<String, Integer> marks, String name, @Nullable Integer mark) {
        if (mark == null) {
            marks.remove(name);
        } else {
            marks.put(name, mark);
        }
    }

    @Test
    void aSecondProcessInTheSameDirectoryEnds() throws Exception {
        try (CanyonProcess first = start();
                CanyonProcess second = CanyonProcess.launch(directory.resolve("second"), arguments())) {
            assertThat(second.endsWithin(Duration.ofSeconds(60))).isTrue();
            assertThat(second.exitCode()).isNotZero();
            assertThat(second.log())
                    .contains("is using the data directory", "Stop that process, or set canyon.data-dir")
                    .doesNotContain("\tat ");
            assertThat(first.isReady()).isTrue();
        }
    }

    @Test
    void aDamagedFileIsToldAndWithoutItsCopyEndsTheStart() throws Exception {
        try (CanyonProcess canyon = start()) {
            canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}");
            canyon.terminate();
            assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
        }
        Path file = directory.resolve("data/canyon.db");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));
        try (CanyonProcess canyon = start()) {
            assertThat(canyon.get(LISTENERS + "/a").statusCode()).isEqualTo(200);
            HttpResponse<String> health = canyon.get("/actuator/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(json(health).path("status").stringValue()).isEqualTo("DEGRADED");
            assertThat(json(health).at("/components/store/details/trouble").stringValue())
                    .contains("last good copy");
            canyon.kill();
            assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
        }
        Files.write(file, new byte[0]);
        Files.write(directory.resolve("data/canyon.last-good.db"), new byte[0]);
        try (CanyonProcess canyon = CanyonProcess.launch(directory, arguments())) {
            assertThat(canyon.endsWithin(Duration.ofSeconds(60))).isTrue();
            assertThat(canyon.exitCode()).isNotZero();
            assertThat(canyon.log()).contains("is damaged (it is empty)", "Replace canyon.db with a backup");
        }
    }

    @Test
    void onAFullDiskEverythingEchoesOnAndChangesWait() throws Exception {
        Path disk = directory.resolve("data");
        Optional<String> obstacle = Tmpfs.mount(disk, "1m");
        assumeTrue(obstacle.isEmpty(), () -> "needs a small tmpfs: " + obstacle.orElse(""));
        try (CanyonProcess canyon = start()) {
            int port = canyon.create("{\"name\":\"before\",\"protocol\":\"tcp\",\"port\":0}");
            Path ballast = disk.resolve("ballast");
            Tmpfs.fill(ballast);
            int free = FreePorts.next();
            String request = null;
            HttpResponse<String> refused = null;
            for (int i = 0; i < 1_000 && (refused == null || refused.statusCode() == 201); i++) {
                // The port is the same each time; only what cannot be kept may claim it in the end.
                request = "{\"name\":\"n" + i + "\",\"protocol\":\"tcp\",\"port\":" + free + ",\"description\":\""
                        + "x".repeat(900) + "\"}";
                refused = canyon.post(request);
                if (refused.statusCode() == 201) {
                    canyon.call("POST", LISTENERS + "/n" + i + "/stop", null);
                }
            }
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).path("code").stringValue()).isEqualTo("store-unavailable");
            assertThat(canyon.failures("write")).isPositive();
            assertThat(echo(port)).isTrue();
            assertThat(isOpen(free)).isFalse();
            HttpResponse<String> health = canyon.get("/actuator/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("DEGRADED", "is full");
            assertThat(canyon.isReady()).isTrue();
            Files.delete(ballast);
            assertThat(canyon.post(request).statusCode()).isEqualTo(201);
            assertThat(echo(free)).isTrue();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> canyon.get("/actuator/health/store").body().contains("UP"));
            canyon.kill();
            canyon.endsWithin(Duration.ofSeconds(20));
        } finally {
            Tmpfs.unmount(disk);
        }
    }

    private CanyonProcess start() throws IOException {
        return CanyonProcess.start(directory, arguments());
    }

    private String[] arguments() {
        return new String[] {"--canyon.data-dir=" + directory.resolve("data"), "--canyon.default-listeners=false"};
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static boolean echo(int port) throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(5_000);
            client.getOutputStream().write(7);
            return client.getInputStream().read() == 7;
        }
    }

    private static boolean isOpen(int port) throws IOException {
        try {
            return echo(port);
        } catch (ConnectException ex) {
            return false;
        }
    }
}
