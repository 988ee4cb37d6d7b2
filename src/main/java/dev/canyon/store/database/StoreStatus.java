package dev.canyon.store.database;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The current problems of the store, at most one of each kind. Each is logged when it occurs, changes or is resolved. Thread-safe. */
public final class StoreStatus {

    private static final Logger log = LoggerFactory.getLogger(StoreStatus.class);

    /** The kinds of problems. */
    public enum Kind {
        /** The file was damaged and replaced by the last good copy. Persists until the next start. */
        RESTORED,
        /** Rows of listeners are damaged or were changed externally. Persists until the next start. */
        LISTENERS,
        /** Rows of runs are damaged. Persists until the next run is saved, which deletes them. */
        RUNS,
        /** The database cannot be reached or written. */
        UNAVAILABLE,
        /** The last good copy could not be updated. */
        COPY
    }

    private final Map<Kind, String> current = Collections.synchronizedMap(new EnumMap<>(Kind.class));

    public void report(Kind kind, String message) {
        if (!message.equals(current.put(kind, message))) {
            log.warn("Store: {}", message);
        }
    }

    public void clear(Kind kind) {
        String message = current.remove(kind);
        if (message != null) {
            log.info("Store: resolved: {}", message);
        }
    }

    boolean has(Kind kind) {
        return current.containsKey(kind);
    }

    public Optional<String> text() {
        synchronized (current) {
            return current.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", current.values()));
        }
    }
}
