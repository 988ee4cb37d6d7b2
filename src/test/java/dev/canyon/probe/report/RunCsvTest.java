package dev.canyon.probe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunState;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget.OwnListener;
import dev.canyon.probe.spec.Thresholds;
import dev.canyon.probe.spec.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunCsvTest {

    @Test
    void textWithCommasAndQuotesIsQuoted() {
        Duration second = Duration.ofSeconds(1);
        RunSpec spec =
                new RunSpec(new OwnListener("r"), 1, 1, 1, null, second, Duration.ZERO, null, second, Thresholds.NONE);
        RunRecord run = new RunRecord(
                "1",
                RunState.FAILED,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                Verdict.INCONCLUSIVE,
                spec,
                null,
                "it broke: \"a\", b");
        String csv = new String(RunCsv.of(run), StandardCharsets.UTF_8);
        assertThat(csv)
                .startsWith("metric,atMs,value\r\nid,,1\r\n")
                .endsWith("\r\ndetail,,\"it broke: \"\"a\"\", b\"\r\n");
    }
}
