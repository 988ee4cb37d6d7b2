package dev.canyon.store;

import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;

/** One statement for many rows. */
final class Batch {

    private Batch() {}

    /** Executes the statement once for each row, all in one batch. Without rows, the statement is not even compiled. */
    static <T> void update(
            JdbcTemplate database, String sql, Collection<T> rows, ParameterizedPreparedStatementSetter<T> setter) {
        if (!rows.isEmpty()) {
            database.batchUpdate(sql, rows, rows.size(), setter);
        }
    }
}
