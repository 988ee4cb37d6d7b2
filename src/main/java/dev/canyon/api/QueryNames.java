package dev.canyon.api;

import dev.canyon.api.json.Faults;
import java.util.List;
import org.springframework.util.MultiValueMap;

/** Tells of query parameters that a call does not have, and of those given more often than once. */
final class QueryNames {

    private QueryNames() {}

    static void check(
            MultiValueMap<String, String> parameters, List<String> known, Faults faults, String... repeatable) {
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                faults.add(name, "is unknown here; known: " + String.join(", ", known));
            } else if (values.size() > 1 && !List.of(repeatable).contains(name)) {
                faults.add(name, "is given " + values.size() + " times, but has one value");
            }
        });
    }
}
