package dev.canyon.store.row;

import dev.canyon.probe.run.RunRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A row of the table {@code run}. */
public record RunRow(String id, String document, String checksum) implements Row<RunRecord> {

    public static final String SELECT = "SELECT id, document, checksum FROM run";

    private static final JsonMapper JSON = JsonMapper.shared();

    public static RunRow of(RunRecord finished) {
        String document = JSON.writeValueAsString(StoredRun.of(finished));
        return new RunRow(finished.id(), document, Row.checksumOf(finished.id(), document));
    }

    public static RunRow read(ResultSet row) throws SQLException {
        return new RunRow(
                String.valueOf(row.getString("id")),
                String.valueOf(row.getString("document")),
                String.valueOf(row.getString("checksum")));
    }

    @Override
    public String key() {
        return id;
    }

    @Override
    public RunRecord toValue() {
        if (!checksum.equals(Row.checksumOf(id, document))) {
            throw new DamagedRowException("the row of run '" + id + "' does not match its checksum", null);
        }
        try {
            return Row.parse(JSON, document, StoredRun.class).toRecord(id);
        } catch (JacksonException | IllegalArgumentException | NullPointerException ex) {
            throw new DamagedRowException("run '" + id + "' cannot be read: " + ex.getMessage(), ex);
        }
    }
}
