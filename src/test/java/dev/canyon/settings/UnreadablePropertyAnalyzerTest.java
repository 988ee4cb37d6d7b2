package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class UnreadablePropertyAnalyzerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "canyon.listeners           | foo  | canyon.listeners: \"foo\" (expected: properties such as canyon.listeners[0].name, canyon.listeners[0].protocol, canyon.listeners[0].host)",
                "canyon.limits              | 5    | canyon.limits: has no value of its own (expected: properties such as canyon.limits.",
                "canyon.limits.runs         | x    | canyon.limits.runs: \"x\" (expected: an integer)",
                "canyon.limits.runs         | 101  | canyon.limits.runs: 101 (expected: 1 to 100)",
                "canyon.transport           | tcp  | canyon.transport: \"tcp\" (expected: auto, epoll, io-uring, nio)",
                "canyon.security.mode       | off  | canyon.security.mode: \"off\" (expected: auto, key, open)",
                "canyon.default-listeners   | 7    | canyon.default-listeners: \"7\" (expected: true or false)",
                "canyon.audit.max-file-size | 5x   | canyon.audit.max-file-size: \"5x\" (expected: a size, for example 10MB)",
                "canyon.limits.run-duration | soon | canyon.limits.run-duration: \"soon\" (expected: a duration, for example 30s or 10m)",
            })
    void namesThePropertyAndWhatWasExpected(String property, String value, String description) {
        FailureAnalysis analysis = Objects.requireNonNull(
                new UnreadablePropertyAnalyzer().analyze(failure("canyon", CanyonProperties.class, property, value)));
        assertThat(analysis.getDescription()).startsWith(description).doesNotContain("java.", "dev.canyon", "org.");
        assertThat(analysis.getAction()).startsWith("Correct " + property + " or remove it.");
    }

    @Test
    void leavesOtherPropertiesToSpringBoot() {
        assertThat(new UnreadablePropertyAnalyzer().analyze(failure("canyons", Integer.class, "canyons", "x")))
                .isNull();
    }

    private static BindException failure(String prefix, Class<?> type, String property, String value) {
        return catchThrowableOfType(
                BindException.class,
                () -> new Binder(new MapConfigurationPropertySource(Map.of(property, value))).bind(prefix, type));
    }
}
