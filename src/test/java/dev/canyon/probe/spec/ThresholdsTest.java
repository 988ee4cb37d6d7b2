package dev.canyon.probe.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.probe.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThresholdsTest {

    private static final Latency LATENCY = new Latency(1, 2, 3, 4, 5, 6, 7);

    @Test
    void withoutThresholdsLossCorruptionAndErrorsFail() {
        assertThat(Thresholds.NONE.judge(result(100, 0, 0, Map.of(), LATENCY))).isEqualTo(Verdict.PASS);
        assertThat(Thresholds.NONE.judge(result(100, 1, 0, Map.of(), LATENCY))).isEqualTo(Verdict.FAIL);
        assertThat(Thresholds.NONE.judge(result(100, 0, 1, Map.of(), LATENCY))).isEqualTo(Verdict.FAIL);
        assertThat(Thresholds.NONE.judge(result(100, 0, 0, Map.of(Outcome.RESET, 1L), LATENCY)))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void noResponseIsInconclusive() {
        assertThat(Thresholds.NONE.judge(result(0, 10, 0, Map.of(Outcome.REFUSED, 10L), null)))
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void eachLatencyThresholdIsChecked() {
        assertThat(judge(new Thresholds(3.0, 4.0, 5.0, 6.0, 7.0, 0, null))).isEqualTo(Verdict.PASS);
        assertThat(judge(new Thresholds(2.9, null, null, null, null, 0, null))).isEqualTo(Verdict.FAIL);
        assertThat(judge(new Thresholds(null, 3.9, null, null, null, 0, null))).isEqualTo(Verdict.FAIL);
        assertThat(judge(new Thresholds(null, null, 4.9, null, null, 0, null))).isEqualTo(Verdict.FAIL);
        assertThat(judge(new Thresholds(null, null, null, 5.9, null, 0, null))).isEqualTo(Verdict.FAIL);
        assertThat(judge(new Thresholds(null, null, null, null, 6.9, 0, null))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void theMinimumRateIsChecked() {
        assertThat(judge(new Thresholds(null, null, null, null, null, 0, 10.0))).isEqualTo(Verdict.PASS);
        assertThat(judge(new Thresholds(null, null, null, null, null, 0, 10.1))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void lossCanBeAllowedButCorruptionCannot() {
        Thresholds tenPercent = new Thresholds(null, null, null, null, null, 0.1, null);
        assertThat(tenPercent.judge(result(90, 10, 0, Map.of(), LATENCY))).isEqualTo(Verdict.PASS);
        assertThat(tenPercent.judge(result(89, 11, 0, Map.of(), LATENCY))).isEqualTo(Verdict.FAIL);
        assertThat(tenPercent.judge(result(100, 0, 1, Map.of(), LATENCY))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void theLossRatioIsFromZeroToOne() {
        assertThatThrownBy(() -> new Thresholds(null, null, null, null, null, 1.1, null))
                .isInstanceOfSatisfying(
                        InvalidRunException.class, ex -> assertThat(ex.field()).isEqualTo("thresholds.lossRatio"));
        assertThatThrownBy(() -> new Thresholds(null, null, null, null, null, Double.NaN, null))
                .isInstanceOf(InvalidRunException.class);
    }

    @Test
    void aThresholdIsAFiniteNumber() {
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Thresholds(null, null, wrong, null, null, 0, null))
                    .isInstanceOfSatisfying(
                            InvalidRunException.class,
                            ex -> assertThat(ex.field()).isEqualTo("thresholds.p99Micros"));
            assertThatThrownBy(() -> new Thresholds(null, null, null, null, null, 0, wrong))
                    .isInstanceOfSatisfying(
                            InvalidRunException.class,
                            ex -> assertThat(ex.field()).isEqualTo("thresholds.messagesPerSecond"));
        }
    }

    private static Verdict judge(Thresholds thresholds) {
        return thresholds.judge(result(100, 0, 0, Map.of(), LATENCY));
    }

    private static RunResult result(
            long received, long lost, long corrupted, Map<Outcome, Long> errors, @Nullable Latency latency) {
        return new RunResult(
                received + lost,
                received,
                lost,
                0,
                0,
                0,
                corrupted,
                0,
                errors,
                10,
                received / 10.0,
                0,
                latency,
                List.of(),
                List.of());
    }
}
