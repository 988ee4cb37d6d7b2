package dev.canyon.store.row;

import dev.canyon.definition.VersionedDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.core.JacksonException;

/** A row of the table {@code listener}. */
public record ListenerRow(String name, long version, String definition, String checksum)
        implements Row<VersionedDefinition> {

    public static final String SELECT = "SELECT name, version, definition, checksum FROM listener";

    public static ListenerRow of(VersionedDefinition versioned) {
        return with(versioned.name(), versioned.version(), StoredListener.write(versioned.definition()));
    }

    /** A row with the matching checksum. */
    static ListenerRow with(String name, long version, String definition) {
        return new ListenerRow(name, version, definition, Row.checksumOf(name, version, definition));
    }

    public static ListenerRow read(ResultSet row) throws SQLException {
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
            return new VersionedDefinition(StoredListener.read(name, definition), version);
        } catch (JacksonException | IllegalArgumentException | NullPointerException ex) {
            throw new DamagedRowException("listener '" + name + "' cannot be read: " + ex.getMessage(), ex);
        }
    }
}
