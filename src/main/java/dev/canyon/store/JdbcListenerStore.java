package dev.canyon.store;

import dev.canyon.listener.ListenerStore;
import dev.canyon.listener.VersionedDefinition;
import dev.canyon.store.Troubles.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps definitions in a table. Whoever loads them takes the database over. */
final class JdbcListenerStore implements ListenerStore {

    private static final String SAVE = """
            INSERT INTO listener (name, version, definition, checksum) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE
            SET version = excluded.version, definition = excluded.definition, checksum = excluded.checksum""";

    private static final String DELETE = "DELETE FROM listener WHERE name = ?";

    private final Ledger ledger;
    private final Troubles troubles;

    JdbcListenerStore(Ledger ledger, Troubles troubles) {
        this.ledger = ledger;
        this.troubles = troubles;
    }

    @Override
    public List<VersionedDefinition> load() {
        List<ListenerRow> rows = ledger.takeOver(client -> client.sql(ListenerRow.SELECT)
                .query((row, number) -> ListenerRow.read(row))
                .list());
        Row.Read<VersionedDefinition> read = Row.readAll(rows);
        if (!read.damaged().isEmpty()) {
            troubles.begin(Kind.LISTENERS, String.join("; ", read.damaged().values()));
        }
        return read.whole();
    }

    @Override
    public void write(Collection<VersionedDefinition> saved, Set<String> deleted) {
        List<ListenerRow> rows = saved.stream().map(ListenerRow::of).toList();
        ledger.write(database -> {
            database.batchUpdate(SAVE, rows, Math.max(1, rows.size()), (statement, row) -> {
                statement.setString(1, row.name());
                statement.setLong(2, row.version());
                statement.setString(3, row.definition());
                statement.setString(4, row.checksum());
            });
            database.batchUpdate(
                    DELETE, deleted, Math.max(1, deleted.size()), (statement, name) -> statement.setString(1, name));
        });
    }

    @Override
    public Optional<String> trouble() {
        return troubles.text();
    }
}
