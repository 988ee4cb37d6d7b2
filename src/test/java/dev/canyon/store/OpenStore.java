package dev.canyon.store;

import dev.canyon.listener.ListenerStore;
import dev.canyon.listener.VersionedDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A database that is open, with the stores that are in it. */
record OpenStore(Ledger ledger, JdbcListenerStore listeners, JdbcRunStore runs)
        implements ListenerStore, AutoCloseable {

    @Override
    public List<VersionedDefinition> load() {
        return listeners.load();
    }

    @Override
    public void write(Collection<VersionedDefinition> saved, Set<String> deleted) {
        listeners.write(saved, deleted);
    }

    @Override
    public Optional<String> trouble() {
        return listeners.trouble();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
