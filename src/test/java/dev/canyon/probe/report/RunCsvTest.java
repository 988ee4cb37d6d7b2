package dev.canyon.probe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunSpec;
import dev.canyon.probe.run.RunState;
import dev.canyon.probe.run.RunTarget.OwnListener;
import dev.canyon.probe.run.Thresholds;
import dev.canyon.probe.run.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCsvTest {

    @Test
    void textWithCommasAndQuotesIsQuoted() {
        Duration second = Duration.ofSeconds(1);
        RunSpec spec =
                new RunSpec(new OwnListener("r"), 1, 1, 1, null, second, Duration.ZERO, null, second, Thresholds.NONE);
        RunRecord run = new RunRecord(
                "1", RunState.FAILED, Instant.EPOCH, Instant.EPOCH, 0, Verdict.INCONCLUSIVE, spec, null, null);
        String csv = new String(RunCsv.of(run, Map.of("detail", "it broke: \"a\", b")), StandardCharsets.UTF_8);
        assertThat(csv).isEqualTo("metric,atMs,value\r\ndetail,,\"it broke: \"\"a\"\", b\"\r\n");
    }
}
