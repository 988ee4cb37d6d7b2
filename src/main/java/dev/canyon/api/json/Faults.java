package dev.canyon.api.json;

import dev.canyon.api.problem.Fault;
import dev.canyon.api.problem.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects what is wrong with a request, so that all of it can be told at once: the first fault of each field. */
public final class Faults {

    private final Map<String, String> byField = new LinkedHashMap<>();

    public void add(String field, String message) {
        byField.putIfAbsent(field, message);
    }

    /** Adds the faults of a part, whose fields are named from there. */
    public void addAll(String path, Faults part) {
        part.byField.forEach((field, message) -> add(path + field, message));
    }

    public int count() {
        return byField.size();
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
