package dev.canyon.api.listener;

import dev.canyon.api.http.PageLimit;
import dev.canyon.api.http.QueryParameters;
import dev.canyon.api.json.Faults;
import dev.canyon.listener.directory.ListenerSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The filter and page of a list of listeners. Null values do not restrict; a listener must have all of the labels.
 *
 * @param limit 1 to 1000
 */
public record ListQuery(
        @Nullable String protocol,
        @Nullable String state,
        Map<String, String> labels,
        int limit,
        @Nullable String cursor) {

    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp");
    private static final Set<String> STATES = Set.of("stopped", "starting", "running", "draining", "failed");
    private static final List<String> KNOWN = List.of("protocol", "state", "label", "limit", "cursor");

    /** @throws dev.canyon.api.problem.InvalidRequestException with every invalid parameter */
    public static ListQuery of(MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryParameters.check(parameters, KNOWN, faults, "label");
        ListQuery query = new ListQuery(
                oneOf(PROTOCOLS, "protocol", parameters, faults),
                oneOf(STATES, "state", parameters, faults),
                labels(parameters.getOrDefault("label", List.of()), faults),
                PageLimit.of(parameters.getFirst("limit"), faults),
                parameters.getFirst("cursor"));
        faults.throwIfAny();
        return query;
    }

    boolean matches(ListenerSnapshot listener) {
        return (protocol == null
                        || protocol.equals(listener.definition().protocol().toString()))
                && (state == null || state.equals(listener.state().word()))
                && listener.definition().labels().entrySet().containsAll(labels.entrySet());
    }

    private static @Nullable String oneOf(
            Set<String> allowed, String name, MultiValueMap<String, String> parameters, Faults faults) {
        String value = parameters.getFirst(name);
        if (value != null && !allowed.contains(value)) {
            faults.add(name, "must be one of " + allowed.stream().sorted().toList() + ", not '" + value + "'");
        }
        return value;
    }

    private static Map<String, String> labels(List<String> labels, Faults faults) {
        Map<String, String> wanted = new HashMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            if (equals < 1) {
                faults.add("label", "'" + label + "' must be key=value, with = encoded as %3D");
            } else if (wanted.put(label.substring(0, equals), label.substring(equals + 1)) != null) {
                faults.add("label", "'" + label.substring(0, equals) + "' must not be given more than once");
            }
        }
        return wanted;
    }
}
