package dev.canyon.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A measured run reports exactly what the faults of a listener did to its messages. */
@Timeout(60)
class FaultyListenerRunTest extends ApiTest {

    private static final String RUNS = "/api/v1/runs";
    private static final String LISTENER = "/api/v1/listeners/faulty";

    /** Bytes of a message, and so of a block of a corrupted stream. */
    private static final int SIZE = 64;

    private static final int MESSAGES = 1_000;
    private static final String UDP = "udp";
    private static final String TCP = "tcp";
    private static final String SOME = ",\"when\":{\"probability\":0.1},\"seed\":3";

    /** Without a limit of unanswered messages, which the lost ones would use up. */
    private static final String PACED = "\"ratePerSecond\":2000,\"timeoutMs\":1500";

    @AfterEach
    void deleteRuns() throws Exception {
        for (JsonNode run : get(RUNS).at("/items")) {
            delete(RUNS + "/" + run.get("id").stringValue());
        }
    }

    /** What a run has measured, and to how many subjects the fault was applied meanwhile. */
    private record Measured(JsonNode result, long applied) {

        long of(String figure) {
            return result.get(figure).longValue();
        }

        Map<String, Long> errors() {
            Map<String, Long> errors = new TreeMap<>();
            result.get("errors")
                    .properties()
                    .forEach(
                            error -> errors.put(error.getKey(), error.getValue().longValue()));
            return errors;
        }

        /** Everything is as it was sent, except for the given figures. */
        void assertOnly(Map<String, Long> figures) {
            assertThat(applied).isPositive();
            Map<String, Long> expected = new TreeMap<>();
            Map<String, Long> measured = new TreeMap<>();
            for (String figure : new String[] {"lost", "late", "duplicated", "reordered", "corrupted", "unsent"}) {
                expected.put(figure, figures.getOrDefault(figure, 0L));
                measured.put(figure, of(figure));
            }
            assertThat(measured).as("applied %d: %s", applied, result).isEqualTo(expected);
            assertThat(of("sent")).isEqualTo(MESSAGES);
            assertThat(of("received")).isEqualTo(MESSAGES - of("lost"));
        }
    }

    private Measured measure(String protocol, String fault, String run) throws Exception {
        create("{\"name\":\"faulty\",\"protocol\":\"" + protocol + "\",\"port\":0}");
        assertThat(post(LISTENER + "/faults", "{" + fault + "}").status()).isEqualTo(201);
        Answer ended = post(
                RUNS + "?waitMs=40000",
                "{\"target\":{\"listener\":\"faulty\"},\"connections\":4,\"messageBytes\":" + SIZE + ",\"messages\":"
                        + MESSAGES + "," + run + "}");
        assertThat(ended.at("/state").stringValue()).as(ended.body().toString()).isEqualTo("completed");
        return new Measured(
                ended.at("/result"),
                get(LISTENER + "/faults").at("/items/0/applied").longValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"drop\"" + SOME,
                "\"type\":\"drop\",\"direction\":\"in\"" + SOME,
                "\"type\":\"burst-loss\",\"enterProbability\":0.05,\"exitProbability\":0.3,\"seed\":3"
            })
    void droppedDatagramsAreLost(String fault) throws Exception {
        Measured measured = measure(UDP, fault, PACED);
        measured.assertOnly(Map.of("lost", measured.applied));
        assertThat(measured.errors()).isEmpty();
    }

    /** With a gap, copies of the last messages arrive after everything was answered. */
    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void copiesAreDuplicated(int gapMs) throws Exception {
        Measured measured = measure(UDP, "\"type\":\"duplicate\",\"copies\":2,\"gapMs\":" + gapMs + SOME, PACED);
        measured.assertOnly(Map.of("duplicated", 2 * measured.applied));
        assertThat(measured.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"byDatagrams\":1",
                "\"byDatagrams\":3,\"direction\":\"in\"",
                "\"byMs\":20",
                "\"byDatagrams\":3,\"per\":\"listener\"",
                "\"byDatagrams\":500,\"maxHoldMs\":300"
            })
    void overtakenDatagramsAreReordered(String how) throws Exception {
        Measured measured = measure(UDP, "\"type\":\"reorder\"," + how + SOME, PACED);
        measured.assertOnly(Map.of("reordered", measured.applied));
        assertThat(measured.errors()).isEmpty();
    }

    @Test
    void datagramsHeldBackForLongAreLostAndLate() throws Exception {
        Measured measured = measure(
                UDP, "\"type\":\"latency\",\"delayMs\":1000" + SOME, "\"ratePerSecond\":2000,\"timeoutMs\":800");
        measured.assertOnly(Map.of("lost", measured.applied, "late", measured.applied));
        assertThat(measured.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "out"})
    void datagramsWithAFlippedBitAreCorrupted(String direction) throws Exception {
        Measured measured = measure(UDP, "\"type\":\"corrupt\",\"direction\":\"" + direction + "\"" + SOME, PACED);
        measured.assertOnly(Map.of("corrupted", measured.applied));
        assertThat(measured.errors()).isEmpty();
    }

    /** Those that are no longer recognized are lost, and unexpected when they arrive. */
    @Test
    void datagramsWithManyFlippedBitsAreCorruptedOrUnrecognized() throws Exception {
        Measured measured = measure(UDP, "\"type\":\"corrupt\",\"bits\":40" + SOME, PACED);
        long unrecognized = measured.errors().getOrDefault("mismatch", 0L);
        measured.assertOnly(Map.of("corrupted", measured.applied - unrecognized, "lost", unrecognized));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void blocksOfAStreamWithFlippedBitsAreCorrupted(int bits) throws Exception {
        Measured measured = measure(
                TCP,
                "\"type\":\"corrupt\",\"everyBytes\":" + SIZE + ",\"bits\":" + bits + SOME,
                "\"pipeline\":16,\"timeoutMs\":5000");
        measured.assertOnly(Map.of("corrupted", measured.applied));
        assertThat(measured.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 13, 16, 40, 63})
    void truncatedDatagramsAreCorrupted(int bytes) throws Exception {
        Measured measured = measure(UDP, "\"type\":\"truncate\",\"bytes\":" + bytes + SOME, PACED);
        measured.assertOnly(Map.of("corrupted", measured.applied));
        assertThat(measured.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void datagramsTruncatedBeyondRecognitionAreLostAndUnexpected(int bytes) throws Exception {
        Measured measured = measure(UDP, "\"type\":\"truncate\",\"bytes\":" + bytes + SOME, PACED);
        measured.assertOnly(Map.of("lost", measured.applied));
        assertThat(measured.errors()).isEqualTo(Map.of("mismatch", measured.applied));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"disconnect\",\"when\":{\"every\":2}",
                "\"type\":\"disconnect\",\"afterMs\":200,\"when\":{\"first\":3}",
                "\"type\":\"limit\",\"bytes\":1000,\"when\":{\"after\":1}",
                "\"type\":\"half-close\",\"afterBytes\":1000,\"when\":{\"after\":1}"
            })
    void endedConnectionsAreClosedEarly(String fault) throws Exception {
        Measured measured = measure(TCP, fault, "\"ratePerSecond\":2000,\"timeoutMs\":5000");
        assertThat(measured.applied).isPositive();
        assertThat(measured.errors()).isEqualTo(Map.of("closed-early", measured.applied));
        assertThat(measured.of("sent")).isEqualTo(measured.of("received") + measured.of("lost"));
        // Messages that are not due yet when the last connection ends are neither.
        assertThat(measured.of("sent") + measured.of("unsent")).isBetween(measured.of("sent") + 1, (long) MESSAGES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"disconnect\",\"mode\":\"reset\",\"when\":{\"every\":2}",
                "\"type\":\"disconnect\",\"mode\":\"reset\",\"afterMs\":200,\"when\":{\"first\":3}",
                "\"type\":\"limit\",\"then\":\"reset\",\"bytes\":1000,\"when\":{\"after\":1}"
            })
    void abortedConnectionsAreReset(String fault) throws Exception {
        Measured measured = measure(TCP, fault, "\"ratePerSecond\":2000,\"timeoutMs\":5000");
        assertThat(measured.applied).isPositive();
        assertThat(measured.errors()).isEqualTo(Map.of("reset", measured.applied));
        assertThat(measured.of("sent")).isEqualTo(measured.of("received") + measured.of("lost"));
    }

    /** What the first fault drops the second does not see, and so on. */
    @Test
    void theFiguresOfSeveralFaultsAreDistinguished() throws Exception {
        create("{\"name\":\"faulty\",\"protocol\":\"udp\",\"port\":0,\"faults\":["
                + "{\"type\":\"drop\"" + SOME + "},"
                + "{\"type\":\"corrupt\",\"when\":{\"probability\":0.2},\"seed\":4},"
                + "{\"type\":\"reorder\",\"byDatagrams\":2,\"when\":{\"probability\":0.1},\"seed\":5},"
                + "{\"type\":\"duplicate\",\"when\":{\"probability\":0.3},\"seed\":6}]}");
        Answer ended = post(
                RUNS + "?waitMs=40000",
                "{\"target\":{\"listener\":\"faulty\"},\"connections\":4,\"messages\":" + MESSAGES + "," + PACED + "}");
        JsonNode faults = get(LISTENER + "/faults").at("/items");
        String[] figures = {"lost", "corrupted", "reordered", "duplicated"};
        for (int i = 0; i < figures.length; i++) {
            long applied = faults.get(i).get("applied").longValue();
            assertThat(applied).as(figures[i]).isPositive();
            assertThat(ended.at("/result/" + figures[i]).longValue())
                    .as(figures[i])
                    .isEqualTo(applied);
        }
    }
}
