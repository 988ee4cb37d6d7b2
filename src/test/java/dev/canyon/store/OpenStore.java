package dev.canyon.store;

import dev.canyon.definition.VersionedDefinition;
import dev.canyon.listener.ListenerStore;
import dev.canyon.store.database.DatabaseSession;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An open database with its stores. */
record OpenStore(DatabaseSession ledger, JdbcListenerStore listeners, JdbcRunStore runs)
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
