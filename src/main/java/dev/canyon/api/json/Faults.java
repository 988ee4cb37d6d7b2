package dev.canyon.api.json;

import dev.canyon.api.problem.Fault;
import dev.canyon.api.problem.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects what is wrong with a request, so that all of it can be told at once: the first fault of each field, and of the
 * fields the first {@value #MOST}. A body of a few megabytes could have a million faults, and the answer would be a hundred
 * times as long.
 */
public final class Faults {

    public static final int MOST = 100;

    private static final String THE_REST = "body";

    private final Map<String, String> byField = new LinkedHashMap<>();

    public void add(String field, String message) {
        if (isFull()) {
            byField.putIfAbsent(THE_REST, "has more faults than the " + MOST + " told here");
        } else {
            byField.putIfAbsent(field, message);
        }
    }

    /** Adds the faults of a part, whose fields are named from there. */
    public void addAll(String path, Faults part) {
        part.byField.forEach((field, message) -> add(path + field, message));
    }

    /** No further fault will be told. */
    public boolean isFull() {
        return byField.size() >= MOST;
    }

    public boolean isEmpty() {
        return byField.isEmpty();
    }

    /** @throws InvalidRequestException if there is any fault */
    public void throwIfAny() {
        if (!byField.isEmpty()) {
            throw new InvalidRequestException(byField.entrySet().stream()
                    .map(fault -> new Fault(fault.getKey(), fault.getValue()))
                    .toList());
        }
    }
}
