package dev.canyon.api.json;

import dev.canyon.api.problem.Fault;
import dev.canyon.api.problem.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects the errors of a request, so that they are reported together: the first error of each field, for at most {@value #MAX}
 * fields. Otherwise a body of a few megabytes with a million errors would cause a response a hundred times as long.
 */
public final class Faults {

    public static final int MAX = 100;

    private static final String OVERFLOW_FIELD = "body";

    private final Map<String, String> byField = new LinkedHashMap<>();

    public void add(String field, String message) {
        if (isFull()) {
            byField.putIfAbsent(OVERFLOW_FIELD, "contains further errors; only the first " + MAX + " are reported");
        } else {
            byField.putIfAbsent(field, message);
        }
    }

    /** Adds the errors of a part of the body, whose field names are relative to {@code path}. */
    public void addAll(String path, Faults part) {
        part.byField.forEach((field, message) -> add(path + field, message));
    }

    /** Whether no further error will be reported. */
    public boolean isFull() {
        return byField.size() >= MAX;
    }

    public boolean isEmpty() {
        return byField.isEmpty();
    }

    /** @throws InvalidRequestException if there is any error */
    public void throwIfAny() {
        if (!byField.isEmpty()) {
            throw new InvalidRequestException(byField.entrySet().stream()
                    .map(fault -> new Fault(fault.getKey(), fault.getValue()))
                    .toList());
        }
    }
}
