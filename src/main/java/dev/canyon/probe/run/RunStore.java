package dev.canyon.probe.run;

import java.util.Collection;
import java.util.List;

/**
 * Stores finished runs across restarts. Thread-safe; calls block on the disk. Failures are unchecked exceptions; a failed call changes
 * nothing and may succeed later.
 */
public interface RunStore {

    /** Returns all stored runs, in any order. */
    List<RunRecord> load();

    /** Stores a run and deletes others in one transaction. */
    void save(RunRecord finished, Collection<String> evicted);

    /** Deletes a run; does nothing if it is not stored. */
    void delete(String id);
}
