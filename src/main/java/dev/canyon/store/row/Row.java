package dev.canyon.store.row;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A row of a table with a SHA-256 checksum over its other columns, because SQLite does not detect damaged content. */
public interface Row<T> {

    /** The primary key. */
    String key();

    /** @throws DamagedRowException if the row does not match its checksum or cannot be parsed */
    T toValue();

    /** @throws IllegalArgumentException if the document is {@code null} */
    static <F> F parse(JsonMapper json, String document, Class<F> form) {
        F parsed = json.readValue(document, form);
        if (parsed == null) {
            throw new IllegalArgumentException("the document is null");
        }
        return parsed;
    }

    static String checksumOf(Object... columns) {
        try {
            byte[] text = Arrays.stream(columns)
                    .map(String::valueOf)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    static <T> Read<T> readAll(List<? extends Row<T>> rows) {
        List<T> intact = new ArrayList<>();
        Map<String, String> damaged = new LinkedHashMap<>();
        for (Row<T> row : rows) {
            try {
                intact.add(row.toValue());
            } catch (DamagedRowException ex) {
                damaged.put(row.key(), String.valueOf(ex.getMessage()));
            }
        }
        return new Read<>(intact, damaged);
    }

    /**
     * The result of reading rows.
     *
     * @param intact the values of the intact rows
     * @param damaged descriptions of the damage of the other rows, by key
     */
    record Read<T>(List<T> intact, Map<String, String> damaged) {}
}
