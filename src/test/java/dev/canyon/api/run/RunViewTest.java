package dev.canyon.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.net.Protocol;
import dev.canyon.probe.report.RunFields;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunState;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget;
import dev.canyon.probe.spec.RunTarget.OwnListener;
import dev.canyon.probe.spec.RunTarget.Remote;
import dev.canyon.probe.spec.Thresholds;
import dev.canyon.store.RunRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunViewTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @MethodSource("runs")
    void apiAndReportsHaveTheSameFieldsAndValues(RunRecord run) {
        assertThat(json(RunFields.of(run))).isEqualTo(json(RunView.of(run)));
    }

    private static JsonNode json(Object value) {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    static Stream<RunRecord> runs() {
        return Stream.of(
                RunRecords.full("20261122T130000000-3fa2"),
                RunRecords.overTls("20261122T130000000-3fa3"),
                running(new OwnListener("edge")),
                running(new Remote(Protocol.TCP, "127.0.0.1", 7007)));
    }

    private static RunRecord running(RunTarget target) {
        Duration second = Duration.ofSeconds(1);
        RunSpec spec = new RunSpec(target, 1, 64, 1, null, second, second, null, second, Thresholds.NONE);
        return new RunRecord(
                "20261122T130000000-0001", RunState.RUNNING, Instant.EPOCH, null, 0.12345, null, spec, null, null);
    }
}
