package dev.canyon.settings;

import java.util.Map;
import java.util.Optional;

/** A property is set that does not exist. Startup fails with the message, which contains no values. */
final class UnknownPropertyException extends RuntimeException {

    private final Map<String, Optional<String>> nearest;

    /** @param nearest the unknown names, each with its suggestion, if any */
    UnknownPropertyException(Map<String, Optional<String>> nearest) {
        super("Unknown property: " + String.join(", ", nearest.keySet()) + ".");
        this.nearest = nearest;
    }

    String remedy() {
        StringBuilder remedy = new StringBuilder();
        nearest.forEach((name, known) -> known.ifPresent(suggestion -> remedy.append("Did you mean ")
                .append(suggestion)
                .append(" instead of ")
                .append(name)
                .append("? ")));
        return remedy.append("Correct or remove it; docs/properties.md lists all properties.")
                .toString();
    }
}
