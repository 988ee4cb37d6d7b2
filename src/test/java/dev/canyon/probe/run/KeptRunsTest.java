package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget;
import dev.canyon.probe.spec.Thresholds;
import dev.canyon.probe.spec.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored runs, and a store that fails. */
class KeptRunsTest {

    private static final RunRecord KEPT = new RunRecord(
            "20260102T030405678-0a1b",
            RunState.CANCELLED,
            Instant.EPOCH,
            Instant.EPOCH,
            0.5,
            Verdict.INCONCLUSIVE,
            new RunSpec(
                    new RunTarget.OwnListener("edge"),
                    1,
                    16,
                    1,
                    null,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    null,
                    Duration.ofSeconds(1),
                    Thresholds.NONE),
            null,
            null);

    private final MemoryRunStore store = new MemoryRunStore();
    private final Runs runs = new Runs(TransportKind.NIO, TestRuns.LIMITS, store);

    @BeforeEach
    void keep() {
        store.save(KEPT, List.of());
    }

    @AfterEach
    void closeRuns() {
        runs.close();
    }

    @Test
    void aRunThatCannotBeDeletedIsKept() {
        runs.restore();
        Run kept = runs.find(KEPT.id()).orElseThrow();
        store.broken = true;
        assertThatThrownBy(() -> runs.delete(kept)).hasMessage("the disk is full");
        assertThat(runs.newestFirst()).containsExactly(kept);
        store.broken = false;
        assertThat(runs.delete(kept)).isEqualTo(KEPT);
        assertThat(runs.newestFirst()).isEmpty();
    }

    @Test
    void loadingStoredRunsIsRetried() {
        store.broken = true;
        runs.restore();
        assertThat(runs.find(KEPT.id())).isEmpty();
        store.broken = false;
        await().untilAsserted(() -> assertThat(runs.find(KEPT.id()))
                .hasValueSatisfying(run -> assertThat(run.record()).isEqualTo(KEPT)));
        await().until(() -> !isAskedAgain());
    }

    @Test
    void loadingIsNotRetriedAfterClose() {
        store.broken = true;
        runs.restore();
        assertThat(isAskedAgain()).isTrue();
        runs.close();
        await().until(() -> !isAskedAgain());
    }

    private static boolean isAskedAgain() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("canyon-runs-restore"));
    }
}
