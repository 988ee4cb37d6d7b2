package dev.canyon.api;

import dev.canyon.api.json.Faults;
import dev.canyon.listener.ListenerSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which listeners a list shall have. What is null does not restrict; all of the labels must be there. */
record ListenerFilter(@Nullable String protocol, @Nullable String state, Map<String, String> labels) {

    /** @throws dev.canyon.api.problem.InvalidRequestException if a label is no {@code key=value} */
    static ListenerFilter of(@Nullable String protocol, @Nullable String state, @Nullable List<String> labels) {
        Map<String, String> wanted = new HashMap<>();
        for (String label : labels == null ? List.<String>of() : labels) {
            int equals = label.indexOf('=');
            if (equals < 1) {
                Faults faults = new Faults();
                faults.add("label", "'" + label + "' must be key=value, with the = written as %3D");
                faults.throwIfAny();
            }
            wanted.put(label.substring(0, equals), label.substring(equals + 1));
        }
        return new ListenerFilter(protocol, state, wanted);
    }

    boolean matches(ListenerSnapshot listener) {
        return (protocol == null
                        || protocol.equals(listener.definition().protocol().toString()))
                && (state == null || state.equals(listener.state().word()))
                && listener.definition().labels().entrySet().containsAll(labels.entrySet());
    }
}
