package dev.canyon.net;

/**
 * An inclusive range of ports.
 *
 * @param first 1 to 65535
 * @param last first to 65535
 */
public record PortRange(int first, int last) {

    public static final PortRange ALL = new PortRange(1, ListenAddress.MAX_PORT);

    public PortRange {
        if (first < 1 || last < first || last > ListenAddress.MAX_PORT) {
            throw new IllegalArgumentException(
                    "ports: " + first + "-" + last + " (expected: 1 to 65535, the lower one first)");
        }
    }

    /**
     * Parses {@code 7007} or {@code 7000-7010}.
     *
     * @throws IllegalArgumentException if the text has neither form
     */
    public static PortRange parse(String text) {
        if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
            throw new IllegalArgumentException("ports: '" + text + "' (expected: for example 7007 or 7000-7010)");
        }
        String[] ends = text.split("-", 2);
        return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** For example {@code 7007} or {@code 7000-7010}. */
    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
