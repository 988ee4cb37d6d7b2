package dev.canyon.transport;

/** Refuses a number outside its range, naming the field, the value and what was expected. */
final class Range {

    private Range() {}

    static void require(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
