package dev.canyon.store.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.store.RunRecords;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Compatibility with rows written by earlier and later versions. */
class RunRowTest {

    /** As written by version 1. Do not change this: add another constant instead. */
    private static final String FIRST_FORM = """
            {"state":"completed","startedAt":"2026-01-02T03:04:05.678901234Z","endedAt":"2026-01-02T03:04:12.678901234Z",\
            "progress":1.0,"verdict":"fail",\
            "request":{"target":{"listener":null,"protocol":"udp","host":"host.example","port":4711},\
            "connections":3,"messageBytes":64,"pipeline":5,"ratePerSecond":6.5,"durationMs":7000,"messages":8,"timeoutMs":900,\
            "thresholds":{"p50Micros":1.5,"p90Micros":2.5,"p99Micros":3.5,"p999Micros":4.5,"maxMicros":5.5,"lossRatio":0.25,\
            "messagesPerSecond":6.25}},\
            "result":{"sent":100,"received":90,"lost":10,"late":2,"duplicated":3,"reordered":4,"corrupted":5,"unsent":6,\
            "errors":{"timeout-connect":7},"seconds":0.1,"messagesPerSecond":900.5,"bytesPerSecond":57632.25,\
            "latency":{"minMicros":0.1,"meanMicros":1.2,"p50Micros":1.1,"p90Micros":2.2,"p99Micros":3.3,"p999Micros":4.4,\
            "maxMicros":1.0E7},\
            "series":[{"atMs":1000,"messages":90,"p99Micros":3.3},{"atMs":1200,"messages":0,"p99Micros":null}],\
            "histogram":[{"upToMicros":1.1,"count":80},{"upToMicros":4.4,"count":10}]},\
            "detail":"says \\"hi\\"\\n\\u0000\u00e4 \ud83d\ude00"}""";

    /** With a warm-up, which was added later and is omitted if not used. */
    private static final String WITH_WARMUP =
            FIRST_FORM.replace("\"durationMs\":7000,", "\"durationMs\":7000,\"warmupMs\":1500,");

    @Test
    void readsTheFormatOfVersion1() {
        assertThat(row(FIRST_FORM).toValue()).isEqualTo(RunRecords.full("r"));
    }

    @Test
    void writesTheFormatOfVersion1() {
        assertThat(RunRow.of(RunRecords.full("r")).document()).isEqualTo(FIRST_FORM);
    }

    @Test
    void keepsTheWarmup() {
        RunRecord kept = row(WITH_WARMUP).toValue();
        assertThat(kept.spec().warmup()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(RunRow.of(kept).document()).isEqualTo(WITH_WARMUP);
    }

    @Test
    void ignoresFieldsOfLaterVersions() {
        String later = FIRST_FORM
                .replace("{\"atMs\"", "{\"later\":[1],\"atMs\"")
                .replace("\"request\":{", "\"later\":{},\"request\":{\"later\":1,")
                .replace("\"latency\":{", "\"later\":null,\"latency\":{\"later\":\"x\",");
        assertThat(row(later).toValue()).isEqualTo(RunRecords.full("r"));
    }

    @Test
    void reportsInvalidDocumentsAsDamaged() {
        for (String document : new String[] {"", "{", "{}", "[]", FIRST_FORM.replace("\"sent\":100,", "")}) {
            assertThatThrownBy(() -> row(document).toValue())
                    .as(document)
                    .isInstanceOf(DamagedRowException.class)
                    .hasMessageContaining("run 'r' cannot be read");
        }
    }

    private static RunRow row(String document) {
        return new RunRow("r", document, Row.checksumOf("r", document));
    }
}
