package dev.canyon.store;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunStore;
import dev.canyon.store.Troubles.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps finished runs in a table. The database has to be taken over before, which loading the definitions does.
 *
 * <p>A damaged row is left out. Nobody knows its run, so nobody could delete it: it goes when the next run is kept.
 */
final class JdbcRunStore implements RunStore {

    private static final String SAVE = """
            INSERT INTO run (id, document, checksum) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET document = excluded.document, checksum = excluded.checksum""";

    private static final String DELETE = "DELETE FROM run WHERE id = ?";

    private final Ledger ledger;
    private final Troubles troubles;
    private volatile Set<String> damaged = Set.of();

    JdbcRunStore(Ledger ledger, Troubles troubles) {
        this.ledger = ledger;
        this.troubles = troubles;
    }

    @Override
    public List<RunRecord> load() {
        List<RunRow> rows = ledger.read(database -> database.sql(RunRow.SELECT)
                .query((row, number) -> RunRow.read(row))
                .list());
        Row.Read<RunRecord> read = Row.readAll(rows);
        damaged = Set.copyOf(read.damaged().keySet());
        if (!damaged.isEmpty()) {
            troubles.begin(
                    Kind.RUNS,
                    String.join("; ", read.damaged().values())
                            + "; what is left of that goes when the next run is kept");
        }
        return read.whole();
    }

    @Override
    public void save(RunRecord finished, Collection<String> forgotten) {
        RunRow row = RunRow.of(finished);
        List<String> gone = Stream.concat(forgotten.stream(), damaged.stream()).toList();
        ledger.write(database -> {
            database.batchUpdate(DELETE, gone, Math.max(1, gone.size()), (statement, id) -> statement.setString(1, id));
            database.update(SAVE, row.id(), row.document(), row.checksum());
        });
        damaged = Set.of();
        troubles.end(Kind.RUNS);
    }

    @Override
    public void delete(String id) {
        ledger.write(database -> database.update(DELETE, id));
    }
}
