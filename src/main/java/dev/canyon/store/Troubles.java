package dev.canyon.store;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with the store at the moment, at most one thing of a kind. Each is logged when it begins or changes, and when it is over. */
final class Troubles {

    private static final Logger log = LoggerFactory.getLogger(Troubles.class);

    /** What can be wrong. */
    enum Kind {
        /** The file was damaged, and the last good copy took its place. Stays until the next start. */
        RESTORED,
        /** Rows of listeners that were changed by somebody else, or damaged. Stays until the next start. */
        LISTENERS,
        /** Rows of runs, likewise. Stays until the next run is kept, which makes them give way. */
        RUNS,
        /** It cannot be reached or written. */
        AWAY,
        /** The last good copy could not be made. */
        COPY
    }

    private final Map<Kind, String> current = Collections.synchronizedMap(new EnumMap<>(Kind.class));

    void begin(Kind kind, String message) {
        if (!message.equals(current.put(kind, message))) {
            log.warn("Store: {}", message);
        }
    }

    void end(Kind kind) {
        String message = current.remove(kind);
        if (message != null) {
            log.info("Store: no longer so: {}", message);
        }
    }

    boolean has(Kind kind) {
        return current.containsKey(kind);
    }

    Optional<String> text() {
        synchronized (current) {
            return current.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", current.values()));
        }
    }
}
