package dev.canyon.listener;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers the versions of definitions, over all listeners and in a row. */
final class Versions {

    /** Begins with the time, so that the version of a listener that an earlier process deleted is not met again. */
    private final AtomicLong last = new AtomicLong(System.currentTimeMillis());

    VersionedDefinition next(ListenerDefinition definition) {
        return new VersionedDefinition(definition, last.incrementAndGet());
    }

    /** Later versions come after this one, also if the clock was set back. */
    void follow(long version) {
        last.accumulateAndGet(version, Math::max);
    }
}
