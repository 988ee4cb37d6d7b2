package dev.canyon.engine.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers the subjects of a fault within each scope. The least recently used scopes are forgotten beyond a bound, which limits
 * the memory that forged sources can cost. May be used from any thread.
 */
final class SubjectNumbers {

    private static final int MAX_SCOPES = 65_536;

    private final Map<Object, long[]> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, long[]> eldest) {
            return size() > MAX_SCOPES;
        }
    };

    /** The number of the next subject in a scope; 1 for the first. */
    synchronized long next(Object scope) {
        return ++last.computeIfAbsent(scope, first -> new long[1])[0];
    }
}
