package dev.canyon.listener;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.definition.VersionedDefinition;
import java.util.concurrent.atomic.AtomicLong;

/** Assigns increasing versions to definitions, across all listeners. */
final class Versions {

    /** Starts at the current time, so that versions of listeners that an earlier process deleted are not reused. */
    private final AtomicLong last = new AtomicLong(System.currentTimeMillis());

    VersionedDefinition next(ListenerDefinition definition) {
        return new VersionedDefinition(definition, last.incrementAndGet());
    }

    /** Makes all further versions greater than this one, even if the clock was set back. */
    void follow(long version) {
        last.accumulateAndGet(version, Math::max);
    }
}
