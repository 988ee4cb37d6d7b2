package dev.canyon.settings;

import java.util.Map;
import java.util.Optional;

/** Something is set that Canyon does not have; the process ends with the message, which repeats no value. */
final class UnknownPropertyException extends RuntimeException {

    private final Map<String, Optional<String>> nearest;

    /** @param nearest the unknown names, each with the known one that it is like, if there is one */
    UnknownPropertyException(Map<String, Optional<String>> nearest) {
        super("Canyon has no property " + String.join(" and no ", nearest.keySet()) + ".");
        this.nearest = nearest;
    }

    String remedy() {
        StringBuilder remedy = new StringBuilder();
        nearest.forEach((name, known) -> known.ifPresent(meant -> remedy.append("Did you mean ")
                .append(meant)
                .append(" instead of ")
                .append(name)
                .append("? ")));
        return remedy.append("Correct it, or leave it out; docs/operations.md lists them all.")
                .toString();
    }
}
