package dev.canyon.api.http;

import dev.canyon.api.json.Faults;
import java.util.List;
import org.springframework.util.MultiValueMap;

/** Rejects unknown and repeated query parameters. */
public final class QueryParameters {

    private QueryParameters() {}

    public static void check(
            MultiValueMap<String, String> parameters, List<String> known, Faults faults, String... repeatable) {
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                faults.add(name, "is unknown; known parameters: " + String.join(", ", known));
            } else if (values.size() > 1 && !List.of(repeatable).contains(name)) {
                faults.add(name, "must not be repeated");
            }
        });
    }
}
