package dev.canyon.cli.shell;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations: {@code 250us}, {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}; {@code 0} without a unit. */
public final class DurationText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(us|ms|s|m|h)|0");

    private DurationText() {}

    /** @throws IllegalArgumentException names the expected format */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration (expected: a number with a unit, such as 500ms, 2s, 5m or 1h)");
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

    /** The shortest form that {@link #parse} reads as the same, for durations of whole milliseconds. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0";
        }
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
