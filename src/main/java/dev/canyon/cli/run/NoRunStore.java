package dev.canyon.cli.run;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunStore;
import java.util.Collection;
import java.util.List;

/** Stores nothing: a command prints its only run. */
final class NoRunStore implements RunStore {

    @Override
    public List<RunRecord> load() {
        return List.of();
    }

    @Override
    public void save(RunRecord finished, Collection<String> evicted) {}

    @Override
    public void delete(String id) {}
}
