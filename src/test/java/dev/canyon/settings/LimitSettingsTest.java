package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitSettingsTest {

    @Test
    void hasDefaultLimitsForRuns() {
        LimitSettings limits = bind(Map.of());
        assertThat(limits.runs()).isEqualTo(2);
        assertThat(limits.runDuration()).isEqualTo(Duration.ofMinutes(10));
        assertThat(limits.runRate()).isEqualTo(1_000_000);
        assertThat(limits.runConnections()).isEqualTo(1_000);
        assertThat(limits.runHistory()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "message-bytes, 0, 16777216",
        "runs, 0, 100",
        "runs, 101, 100",
        "run-rate, 0, 100000000",
        "run-connections, 0, 100000",
        "run-history, 0, 10000",
        "run-duration, 0s, 24 hours",
        "run-duration, 25h, 24 hours",
        "run-duration, PT2562047788015215H, 24 hours",
    })
    void reportsAnInvalidLimitWithItsRange(String limit, String value, String max) {
        assertThatThrownBy(() -> bind(Map.of("canyon.limits." + limit, value)))
                .rootCause()
                .hasMessageStartingWith("canyon.limits." + limit + ": ")
                .hasMessageContaining("(expected: 1")
                .hasMessageContaining(max);
    }

    private static LimitSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("canyon", CanyonProperties.class)
                .limits();
    }
}
