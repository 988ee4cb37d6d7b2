package dev.canyon.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250us}, {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}; {@code 0} needs no unit. */
final class DurationText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(us|ms|s|m|h)|0");

    private DurationText() {}

    /** @throws IllegalArgumentException says what was expected */
    static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration (expected: a number and its unit, as in 500ms, 2s, 5m or 1h)");
        }
        if (form.group(1) == null) {
            return Duration.ZERO;
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "us" -> Duration.of(amount, ChronoUnit.MICROS);
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
