package dev.canyon.engine.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often the faults of a listener were applied, by type. Outlives the faults. May be used from any thread. */
final class AppliedTotals {

    private final Map<Class<? extends FaultEffect>, LongAdder> byType = new ConcurrentHashMap<>();

    LongAdder of(FaultEffect effect) {
        return byType.computeIfAbsent(effect.getClass(), type -> new LongAdder());
    }

    Map<Class<? extends FaultEffect>, Long> read() {
        Map<Class<? extends FaultEffect>, Long> read = new HashMap<>();
        byType.forEach((type, total) -> read.put(type, total.sum()));
        return read;
    }
}
