package dev.canyon.store;

import dev.canyon.listener.VersionedDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A row of the table {@code listener}. */
record ListenerRow(String name, long version, String definition, String checksum) implements Row<VersionedDefinition> {

    static final String SELECT = "SELECT name, version, definition, checksum FROM listener";

    private static final JsonMapper JSON = JsonMapper.shared();

    static ListenerRow of(VersionedDefinition kept) {
        return with(kept.name(), kept.version(), JSON.writeValueAsString(StoredListener.of(kept.definition())));
    }

    /** With the checksum that fits. */
    static ListenerRow with(String name, long version, String definition) {
        return new ListenerRow(name, version, definition, Row.checksumOf(name, version, definition));
    }

    static ListenerRow read(ResultSet row) throws SQLException {
        return new ListenerRow(
                String.valueOf(row.getString("name")),
                row.getLong("version"),
                String.valueOf(row.getString("definition")),
                String.valueOf(row.getString("checksum")));
    }

    @Override
    public String key() {
        return name;
    }

    @Override
    public VersionedDefinition toValue() {
        if (!checksum.equals(Row.checksumOf(name, version, definition))) {
            throw new DamagedRowException("the row of listener '" + name + "' does not match its checksum", null);
        }
        try {
            StoredListener form = Row.parse(JSON, definition, StoredListener.class);
            return new VersionedDefinition(form.toDefinition(name), version);
        } catch (JacksonException | IllegalArgumentException | NullPointerException ex) {
            throw new DamagedRowException("listener '" + name + "' cannot be read: " + ex.getMessage(), ex);
        }
    }
}
