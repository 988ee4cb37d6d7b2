package dev.canyon.cli;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunStore;
import java.util.Collection;
import java.util.List;

/** A run of the command line is told and forgotten. */
final class NothingKept implements RunStore {

    @Override
    public List<RunRecord> load() {
        return List.of();
    }

    @Override
    public void save(RunRecord finished, Collection<String> forgotten) {}

    @Override
    public void delete(String id) {}
}
