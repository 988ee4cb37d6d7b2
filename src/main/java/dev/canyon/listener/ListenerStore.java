package dev.canyon.listener;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps definitions across restarts. Implemented elsewhere; this room says what it needs.
 *
 * <p>May be called from any thread but an event loop. A call that returns has taken effect for good: the machine may lose
 * its power right after. One that throws has changed nothing.
 */
public interface ListenerStore {

    /**
     * Everything that is kept, in no particular order. Until it has been called once, nothing can be written.
     *
     * @throws StoreUnavailableException if the store cannot be reached; it may be later
     */
    List<VersionedDefinition> load();

    /**
     * Writes and forgets, all of it or nothing.
     *
     * @param saved each takes the place of the one of the same name
     * @param deleted names; those that are not there are passed over
     * @throws StoreUnavailableException if it cannot be written; it may be possible later
     */
    void write(Collection<VersionedDefinition> saved, Set<String> deleted);

    /** What is wrong with the store, for people; empty if nothing is. Does not block. */
    Optional<String> trouble();

    default void save(VersionedDefinition definition) {
        write(List.of(definition), Set.of());
    }

    default void delete(String name) {
        write(List.of(), Set.of(name));
    }
}
