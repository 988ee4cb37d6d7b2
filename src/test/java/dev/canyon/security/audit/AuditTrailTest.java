package dev.canyon.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.canyon.store.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditTrailTest {

    @Test
    void addressesAreWrittenInCanonicalForm() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr("0:0:0:0:0:0:0:1");
        request.setRemotePort(50_001);
        assertThat(AuditEntry.source(request)).isEqualTo("[::1]:50001");
    }

    @TempDir
    Path directory;

    @Test
    void aLineHasActorActionTargetAndResult() throws Exception {
        try (AuditTrail trail = trail()) {
            trail.record(new AuditEntry(
                    Instant.parse("2026-01-02T03:04:05.678Z"),
                    "ada",
                    "192.0.2.7:50000",
                    "listener.create",
                    "edge",
                    "port-not-allowed",
                    403,
                    "id-1"));
            trail.loginFailed("[fd00::7]:50001", null);
        }
        assertThat(Files.readAllLines(file()))
                .first()
                .isEqualTo("{\"time\":\"2026-01-02T03:04:05.678Z\",\"actor\":\"ada\",\"source\":\"192.0.2.7:50000\","
                        + "\"action\":\"listener.create\",\"target\":\"edge\",\"result\":\"port-not-allowed\","
                        + "\"status\":403,\"requestId\":\"id-1\"}");
        JsonNode login = lines().get(1);
        assertThat(login.path("action").asString()).isEqualTo("login");
        assertThat(login.path("actor").asString()).isEqualTo("anonymous");
        assertThat(login.path("source").asString()).isEqualTo("[fd00::7]:50001");
        assertThat(login.path("result").asString()).isEqualTo("unauthenticated");
        assertThat(login.has("target")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n{\"actor\":\"forged\"}",
                "a\r\n{\"actor\":\"forged\"}",
                "a\",\"actor\":\"forged",
                "a\\",
                "a\u0000\u001b[2Jb",
                "a\u0085{\"actor\":\"forged\"}",
                "a\u2028{\"actor\":\"forged\"}",
                "a\u202egnp.exe",
                "a\ud800",
            })
    void inputCannotForgeALine(String evil) throws Exception {
        try (AuditTrail trail = trail()) {
            trail.record(entry(evil, evil));
            trail.record(entry("honest", "b"));
        }
        assertThat(Files.readString(file())).matches("[ -~\n]*");
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0).path("actor").asString()).isEqualTo(evil);
        assertThat(lines().get(0).path("target").asString()).isEqualTo(evil);
        assertThat(lines().get(1).path("actor").asString()).isEqualTo("honest");
    }

    @Test
    void truncatesLongText() throws Exception {
        try (AuditTrail trail = trail()) {
            trail.record(entry("a".repeat(8_000), "b".repeat(8_000)));
        }
        assertThat(Files.size(file())).isLessThan(1_000);
    }

    @Test
    void theFileIsReadableByItsOwnerOnly() throws Exception {
        try (AuditTrail trail = trail()) {
            trail.record(entry("ada", "a"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void anIncompleteLineDoesNotDamageTheNext() throws Exception {
        Files.writeString(file(), "{\"actor\":\"whole\"}\n{\"actor\":\"cu");
        try (AuditTrail trail = trail()) {
            trail.record(entry("ada", "a"));
            trail.record(entry("ada", "b"));
        }
        assertThat(Files.readAllLines(file())).hasSize(4);
        assertThat(Files.readAllLines(file()).get(1)).isEqualTo("{\"actor\":\"cu");
        assertThat(Files.readAllLines(file()).get(2)).startsWith("{\"time\"").endsWith("}");
    }

    @Test
    void aFullFileIsRotatedAndTheOldestDeleted() throws Exception {
        try (AuditTrail trail = new AuditTrail(new AuditFile(directory, 1_000, 3))) {
            for (int i = 0; i < 100; i++) {
                trail.record(entry("ada", "target-" + i));
            }
        }
        assertThat(names()).containsExactlyInAnyOrder("audit.jsonl", "audit.jsonl.1", "audit.jsonl.2");
        List<String> kept = new ArrayList<>();
        for (String name : List.of("audit.jsonl.2", "audit.jsonl.1", "audit.jsonl")) {
            Path each = directory.resolve(name);
            assertThat(Files.size(each)).isBetween(1L, 1_000L);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
            for (String line : Files.readAllLines(each)) {
                kept.add(JsonMapper.shared().readTree(line).path("target").asString());
            }
        }
        List<String> newest = new ArrayList<>();
        for (int i = 100 - kept.size(); i < 100; i++) {
            newest.add("target-" + i);
        }
        assertThat(kept).isEqualTo(newest);
    }

    @Test
    void aFileThatWasMovedAwayIsCreatedAgain() throws Exception {
        try (AuditTrail trail = trail()) {
            trail.record(entry("ada", "a"));
            Files.move(file(), directory.resolve("elsewhere"));
            trail.record(entry("ada", "b"));
        }
        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line.path("target").asString()).isEqualTo("b"));
    }

    @Test
    void lostLinesAreCountedAndReportedWhenWritingSucceedsAgain() throws Exception {
        Path inTheWay = Files.createDirectory(file());
        try (AuditTrail trail = trail()) {
            assertThat(trail.failure())
                    .hasValueSatisfying(text -> assertThat(text).endsWith("lines lost: 0"));
            trail.record(entry("ada", "a"));
            trail.record(entry("ada", "b"));
            assertThat(trail.failure())
                    .hasValueSatisfying(
                            text -> assertThat(text).contains("audit.jsonl").endsWith("lines lost: 2"));
            Files.delete(inTheWay);
            assertThat(trail.failure()).isEmpty();
            trail.record(entry("ada", "c"));
        }
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0).path("action").asString()).isEqualTo("audit.resume");
        assertThat(lines().get(0).path("lost").asInt()).isEqualTo(2);
        assertThat(lines().get(1).path("target").asString()).isEqualTo("c");
    }

    @Test
    void aFullDiskLosesOnlyTheLinesWrittenMeanwhile() throws Exception {
        Path disk = directory.resolve("disk");
        assumeThat(Tmpfs.mount(disk, "64k"))
                .as("a small disk needs root: not there, so a full one is not tested")
                .isEmpty();
        Path file = disk.resolve("audit.jsonl");
        Path ballast = disk.resolve("ballast");
        try (AuditTrail trail = new AuditTrail(new AuditFile(disk, 1024 * 1024, 3))) {
            trail.record(entry("ada", "before"));
            Tmpfs.fill(ballast);
            for (int i = 0; i < 100; i++) {
                trail.record(entry("ada", "while-full-" + i));
            }
            assertThat(trail.failure())
                    .hasValueSatisfying(text -> assertThat(text).contains("No space left"));
            Files.delete(ballast);
            trail.record(entry("ada", "after"));
            assertThat(trail.failure()).isEmpty();

            // The last page of the file still held some lines; an incomplete one was removed.
            List<String> written = Files.readAllLines(file);
            assertThat(written).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
            long kept = written.stream()
                    .filter(line -> line.contains("before") || line.contains("while-full-"))
                    .count();
            long lost = written.stream()
                    .filter(line -> line.contains("audit.resume"))
                    .mapToLong(line ->
                            JsonMapper.shared().readTree(line).path("lost").asLong())
                    .sum();
            assertThat(lost).isPositive().isEqualTo(101 - kept);
            assertThat(written.get(written.size() - 1)).contains("\"after\"");
        } finally {
            Tmpfs.unmount(disk);
        }
    }

    private AuditTrail trail() {
        return TestTrail.in(directory);
    }

    private Path file() {
        return directory.resolve("audit.jsonl");
    }

    private List<JsonNode> lines() throws IOException {
        return TestTrail.lines(directory);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    private static AuditEntry entry(String actor, @Nullable String target) {
        return new AuditEntry(
                Instant.now(), actor, "127.0.0.1:50000", "listener.create", target, AuditEntry.OK, 201, "id");
    }
}
