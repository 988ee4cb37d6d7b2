package dev.canyon.supply;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hole of a library that its maintainers have closed.
 *
 * @param artifact {@code *} for all of the group, which has one version
 * @param fixedIn the first version without it, of the line that Canyon is on
 * @param advisories where to read about it
 */
record KnownHole(String group, String artifact, String fixedIn, String advisories, String consequence) {

    /** A qualifier other than these is that of a version before the one it qualifies, such as {@code -RC1}. */
    private static final Pattern VERSION = Pattern.compile("([0-9]+(?:\\.[0-9]+)*)([.-](?:Final|RELEASE))?(.*)");

    static KnownHole of(String line) {
        String[] cells = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
        if (cells.length != 5) {
            throw new IllegalArgumentException("five cells are expected: " + line);
        }
        return new KnownHole(cells[0], cells[1], cells[2], cells[3], cells[4]);
    }

    boolean concerns(Component component) {
        return component.group().equals(group)
                && (artifact.equals("*") || component.artifact().equals(artifact));
    }

    boolean isIn(Component component) {
        return concerns(component) && isBefore(component.version(), fixedIn);
    }

    private static boolean isBefore(String version, String other) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no version with numbers: " + version);
        }
        int order = Arrays.compare(numbers(matcher.group(1)), numbers(other));
        return order < 0 || (order == 0 && !matcher.group(3).isEmpty());
    }

    /** Zeros at the end mean nothing. */
    private static int[] numbers(String version) {
        int[] numbers =
                Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
        int length = numbers.length;
        while (length > 1 && numbers[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(numbers, length);
    }

    String in(Component component) {
        return component + " has " + advisories + ": " + consequence + ". Use " + fixedIn + " or later";
    }
}
