package dev.canyon.net;

/** Rejects a number outside its range with the field, the value and the expected range. */
public final class Range {

    private Range() {}

    public static void require(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
