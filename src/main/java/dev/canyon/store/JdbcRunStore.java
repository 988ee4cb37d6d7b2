package dev.canyon.store;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunStore;
import dev.canyon.store.database.DatabaseSession;
import dev.canyon.store.database.StoreStatus;
import dev.canyon.store.database.StoreStatus.Kind;
import dev.canyon.store.row.Row;
import dev.canyon.store.row.RunRow;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Stores finished runs in a table. Requires that the definitions have been loaded, which acquires the database.
 *
 * <p>Damaged rows are skipped. Their runs are not listed and cannot be deleted by a user, so saving the next run deletes them.
 */
final class JdbcRunStore implements RunStore {

    private static final String SAVE = """
            INSERT INTO run (id, document, checksum) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET document = excluded.document, checksum = excluded.checksum""";

    private static final String DELETE = "DELETE FROM run WHERE id = ?";

    private final DatabaseSession session;
    private final StoreStatus status;
    private volatile Set<String> damaged = Set.of();

    JdbcRunStore(DatabaseSession session, StoreStatus status) {
        this.session = session;
        this.status = status;
    }

    @Override
    public List<RunRecord> load() {
        List<RunRow> rows = session.read(database -> database.sql(RunRow.SELECT)
                .query((row, number) -> RunRow.read(row))
                .list());
        Row.Read<RunRecord> read = Row.readAll(rows);
        damaged = Set.copyOf(read.damaged().keySet());
        if (!damaged.isEmpty()) {
            status.report(
                    Kind.RUNS,
                    String.join("; ", read.damaged().values())
                            + "; the damaged rows are deleted when the next run is saved");
        }
        return read.intact();
    }

    @Override
    public void save(RunRecord finished, Collection<String> expired) {
        RunRow row = RunRow.of(finished);
        List<String> deleted = Stream.concat(expired.stream(), damaged.stream()).toList();
        session.write(database -> {
            Batch.update(database, DELETE, deleted, (statement, id) -> statement.setString(1, id));
            database.update(SAVE, row.id(), row.document(), row.checksum());
        });
        damaged = Set.of();
        status.clear(Kind.RUNS);
    }

    @Override
    public void delete(String id) {
        session.write(database -> database.update(DELETE, id));
    }
}
