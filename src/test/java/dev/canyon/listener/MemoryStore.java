package dev.canyon.listener;

import dev.canyon.definition.VersionedDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps definitions for as long as a test runs, and can be away. */
public final class MemoryStore implements ListenerStore {

    public final Map<String, VersionedDefinition> kept = new ConcurrentHashMap<>();
    public volatile boolean away;

    public VersionedDefinition kept(String name) {
        return Objects.requireNonNull(kept.get(name), name);
    }

    @Override
    public List<VersionedDefinition> load() {
        requirePresent();
        return List.copyOf(kept.values());
    }

    @Override
    public void write(Collection<VersionedDefinition> saved, Set<String> deleted) {
        requirePresent();
        saved.forEach(definition -> kept.put(definition.name(), definition));
        kept.keySet().removeAll(deleted);
    }

    @Override
    public Optional<String> trouble() {
        return away ? Optional.of("away") : Optional.empty();
    }

    private void requirePresent() {
        if (away) {
            throw new StoreUnavailableException("the store is away", null);
        }
    }
}
