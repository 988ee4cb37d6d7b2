package dev.canyon.definition;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The desired configuration of a listener. A value out of range is rejected here.
 *
 * @param name a DNS label (RFC 1123)
 * @param labels sorted by key, so that a definition looks the same wherever it is shown
 * @param faults in the order of their effect, with ids of their own
 */
public record ListenerDefinition(
        @Setting(
                title = "Name",
                text =
                        "Unique; 1 to 63 characters of a-z, 0-9 and -. The first and the last must be a letter or digit.",
                min = 1,
                max = 63,
                pattern = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
                expected = "1 to 63 of a-z, 0-9 and -, a letter or digit first and last",
                example = "edge-tcp")
        String name,

        EndpointSpec endpoint,

        @Setting(
                title = "Enabled",
                text = "Opens the listener now and after every restart of Canyon.",
                defaultsTo = "true")
        boolean enabled,

        @Setting(title = "Description", text = "Free text, up to 1000 characters.", max = 1000, defaultsTo = "")
        String description,

        @Setting(
                title = "Labels",
                text = "Key-value pairs for selecting listeners.",
                max = 64,
                pattern = "[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?",
                expected = "1 to 63 letters, digits, '.', '_', '/' and '-', a letter or digit first and last",
                maxValueLength = 256,
                defaultsTo = "",
                example = "{\"team\": \"net\"}")
        Map<String, String> labels,

        @Setting(
                title = "Drain timeout",
                text = "When the listener stops, open connections may finish sending pending replies for this long.",
                max = 600_000,
                defaultsTo = "5000")
        Duration drainTimeout,

        List<Fault> faults) {

    private static final SettingsRecord<ListenerDefinition> FIELDS = SettingsRecord.of(ListenerDefinition.class);

    public ListenerDefinition {
        FIELDS.check(name, endpoint, enabled, description, labels, drainTimeout, faults);
        faults = List.copyOf(faults);
        faults.forEach(fault -> DefinedFaults.check(fault, endpoint, "faults.", FaultReport.failFast()));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    public Protocol protocol() {
        return endpoint.protocol();
    }

    public ListenerDefinition enabled(boolean changed) {
        return new ListenerDefinition(name, endpoint, changed, description, labels, drainTimeout, faults);
    }
}
