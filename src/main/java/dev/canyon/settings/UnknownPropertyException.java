package dev.canyon.settings;

import java.util.Map;
import java.util.stream.Collectors;

/** Something is set that Canyon does not have; the process ends with the message, which repeats no value. */
final class UnknownPropertyException extends RuntimeException {

    private final Map<String, String> nearest;

    /** @param nearest the unknown names, each with the known one that it is most like */
    UnknownPropertyException(Map<String, String> nearest) {
        super("Canyon has no property " + String.join(" and no ", nearest.keySet()) + ".");
        this.nearest = nearest;
    }

    String remedy() {
        return nearest.entrySet().stream()
                .map(entry -> "Did you mean " + entry.getValue() + " instead of " + entry.getKey() + "?")
                .collect(Collectors.joining(" ", "", " Correct it, or leave it out; the README lists them all."));
    }
}
