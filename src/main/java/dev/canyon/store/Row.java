package dev.canyon.store;

import dev.canyon.listener.VersionedDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A row of the table {@code listener}. Its checksum is over everything else in it. */
record Row(String name, long version, String definition, String checksum) {

    static final String SELECT = "SELECT name, version, definition, checksum FROM listener";

    private static final JsonMapper JSON = JsonMapper.shared();

    static Row of(VersionedDefinition kept) {
        return with(kept.name(), kept.version(), JSON.writeValueAsString(StoredForm.of(kept.definition())));
    }

    /** With the checksum that fits. */
    static Row with(String name, long version, String definition) {
        return new Row(name, version, definition, checksumOf(name, version, definition));
    }

    static Row read(ResultSet row) throws SQLException {
        return new Row(
                String.valueOf(row.getString("name")),
                row.getLong("version"),
                String.valueOf(row.getString("definition")),
                String.valueOf(row.getString("checksum")));
    }

    /** @throws DamagedRowException if it is not what was written */
    VersionedDefinition toDefinition() {
        if (!checksum.equals(checksumOf(name, version, definition))) {
            throw new DamagedRowException("the row of listener '" + name + "' does not match its checksum", null);
        }
        try {
            StoredForm form = JSON.readValue(definition, StoredForm.class);
            if (form == null) {
                throw new IllegalArgumentException("there is only the word null");
            }
            return new VersionedDefinition(form.toDefinition(name), version);
        } catch (JacksonException | IllegalArgumentException ex) {
            throw new DamagedRowException("listener '" + name + "' cannot be read: " + ex.getMessage(), ex);
        }
    }

    private static String checksumOf(String name, long version, String definition) {
        try {
            byte[] text = (name + '\n' + version + '\n' + definition).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
