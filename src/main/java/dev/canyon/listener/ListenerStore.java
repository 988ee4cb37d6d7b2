package dev.canyon.listener;

import dev.canyon.definition.VersionedDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores definitions across restarts.
 *
 * <p>May be called from any thread but an event loop. What a call has written when it returns is durable, even if the machine
 * loses power immediately afterwards. A call that throws has changed nothing.
 */
public interface ListenerStore {

    /**
     * All stored definitions, in no particular order. Must be called before the first {@link #write}.
     *
     * @throws StoreUnavailableException if the store cannot be reached; a later call may succeed
     */
    List<VersionedDefinition> load();

    /**
     * Saves and deletes definitions in one transaction.
     *
     * @param saved each replaces the definition of the same name
     * @param deleted names; those that do not exist are ignored
     * @throws StoreUnavailableException if the store cannot be written to; a later call may succeed
     */
    void write(Collection<VersionedDefinition> saved, Set<String> deleted);

    /** A message for the operator that describes what is wrong with the store; empty if nothing is. Does not block. */
    Optional<String> trouble();

    default void save(VersionedDefinition definition) {
        write(List.of(definition), Set.of());
    }

    default void delete(String name) {
        write(List.of(), Set.of(name));
    }
}
