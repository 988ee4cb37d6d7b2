package dev.canyon.probe.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stores runs in memory. */
final class MemoryRunStore implements RunStore {

    final Map<String, RunRecord> kept = new ConcurrentHashMap<>();
    volatile boolean broken;

    @Override
    public List<RunRecord> load() {
        requireWhole();
        return List.copyOf(kept.values());
    }

    @Override
    public void save(RunRecord finished, Collection<String> forgotten) {
        requireWhole();
        kept.put(finished.id(), finished);
        forgotten.forEach(kept::remove);
    }

    @Override
    public void delete(String id) {
        requireWhole();
        kept.remove(id);
    }

    private void requireWhole() {
        if (broken) {
            throw new IllegalStateException("the disk is full");
        }
    }
}
