package dev.canyon.store;

import dev.canyon.definition.VersionedDefinition;
import dev.canyon.listener.ListenerStore;
import dev.canyon.store.database.DatabaseSession;
import dev.canyon.store.database.StoreStatus;
import dev.canyon.store.database.StoreStatus.Kind;
import dev.canyon.store.row.ListenerRow;
import dev.canyon.store.row.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stores definitions in a table. Loading them acquires the database for this process. */
final class JdbcListenerStore implements ListenerStore {

    private static final String SAVE = """
            INSERT INTO listener (name, version, definition, checksum) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE
            SET version = excluded.version, definition = excluded.definition, checksum = excluded.checksum""";

    private static final String DELETE = "DELETE FROM listener WHERE name = ?";

    private final DatabaseSession session;
    private final StoreStatus status;

    JdbcListenerStore(DatabaseSession session, StoreStatus status) {
        this.session = session;
        this.status = status;
    }

    @Override
    public List<VersionedDefinition> load() {
        List<ListenerRow> rows = session.acquire(client -> client.sql(ListenerRow.SELECT)
                .query((row, number) -> ListenerRow.read(row))
                .list());
        Row.Read<VersionedDefinition> read = Row.readAll(rows);
        if (!read.damaged().isEmpty()) {
            status.report(Kind.LISTENERS, String.join("; ", read.damaged().values()));
        }
        return read.intact();
    }

    @Override
    public void write(Collection<VersionedDefinition> saved, Set<String> deleted) {
        List<ListenerRow> rows = saved.stream().map(ListenerRow::of).toList();
        session.write(database -> {
            Batch.update(database, SAVE, rows, (statement, row) -> {
                statement.setString(1, row.name());
                statement.setLong(2, row.version());
                statement.setString(3, row.definition());
                statement.setString(4, row.checksum());
            });
            Batch.update(database, DELETE, deleted, (statement, name) -> statement.setString(1, name));
        });
    }

    @Override
    public Optional<String> trouble() {
        return status.text();
    }
}
