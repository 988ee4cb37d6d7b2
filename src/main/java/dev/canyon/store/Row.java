package dev.canyon.store;

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

/** A row of a table, with a checksum over everything else in it. */
interface Row<T> {

    /** What finds it in its table. */
    String key();

    /** @throws DamagedRowException if it is not what was written */
    T toValue();

    /** @throws IllegalArgumentException if there is only the word null */
    static <F> F parse(JsonMapper json, String document, Class<F> form) {
        F parsed = json.readValue(document, form);
        if (parsed == null) {
            throw new IllegalArgumentException("there is only the word null");
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
        List<T> whole = new ArrayList<>();
        Map<String, String> damaged = new LinkedHashMap<>();
        for (Row<T> row : rows) {
            try {
                whole.add(row.toValue());
            } catch (DamagedRowException ex) {
                damaged.put(row.key(), String.valueOf(ex.getMessage()));
            }
        }
        return new Read<>(whole, damaged);
    }

    /**
     * Rows that were read.
     *
     * @param whole what those hold that are not damaged
     * @param damaged what is wrong with the others, by key
     */
    record Read<T>(List<T> whole, Map<String, String> damaged) {}
}
