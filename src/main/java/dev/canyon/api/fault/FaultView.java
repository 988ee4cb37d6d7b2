package dev.canyon.api.fault;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.canyon.engine.fault.AcceptEffect;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.net.Protocol;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault that is in force: its own fields with every default filled in, where it comes from, and what it has done. Its schema is
 * {@code FaultView} in the OpenAPI document.
 */
record FaultView(@JsonAnyGetter Map<String, @Nullable Object> fields) {

    static FaultView of(ActiveFault active, Protocol protocol) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(FaultTree.DEFINED.write(active.fault()));
        if (!(active.fault().effect() instanceof AcceptEffect)) {
            fields.put("per", active.fault().per(protocol).toString());
        }
        Long remaining = active.remainingNanos();
        fields.put("origin", active.origin().toString());
        fields.put(
                "remainingMs",
                remaining == null ? null : Duration.ofNanos(remaining).toMillis());
        fields.put("applied", active.appliedCount());
        fields.put("lastAppliedAt", active.lastAppliedAt());
        return new FaultView(fields);
    }

    static List<FaultView> of(List<ActiveFault> faults, Protocol protocol) {
        return faults.stream().map(active -> of(active, protocol)).toList();
    }
}
