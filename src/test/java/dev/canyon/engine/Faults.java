package dev.canyon.engine;

import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.engine.setting.FaultReport;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Faults in the notation of the API. */
public final class Faults {

    private Faults() {}

    /** @param fields names and values by turns, after the type */
    public static Fault fault(String type, Object... fields) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", type);
        for (int i = 0; i < fields.length; i += 2) {
            tree.put((String) fields[i], fields[i + 1]);
        }
        return Objects.requireNonNull(FaultTree.DEFINED.read(tree, "", new HashSet<>(), FaultReport.failFast()));
    }

    /** Adds a fault that stays until it is removed. */
    public static ActiveFault add(FaultPoint point, String type, Object... fields) {
        return point.add(fault(type, fields), Duration.ZERO);
    }
}
