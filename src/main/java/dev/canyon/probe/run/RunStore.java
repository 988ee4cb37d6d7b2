package dev.canyon.probe.run;

import java.util.Collection;
import java.util.List;

/**
 * Keeps finished runs across restarts. Any thread; calls block on the disk. Failures are unchecked; a call that fails has
 * changed nothing, and may succeed later.
 */
public interface RunStore {

    /** All that are kept, in any order. */
    List<RunRecord> load();

    /** Keeps one, and forgets others in the same step. */
    void save(RunRecord finished, Collection<String> forgotten);

    /** Forgets one; does nothing if it is not there. */
    void delete(String id);
}
