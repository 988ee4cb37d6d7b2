package dev.canyon.engine.reply;

import dev.canyon.engine.setting.SettingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Bytes that a user gives in one of several notations. */
final class Payload {

    /** The largest datagram over IPv4 has 65507 bytes of payload. */
    static final int MAX_BYTES = 65_507;

    /** The longest notation of that many bytes, three characters for each in hex. */
    static final int MAX_CHARACTERS = 3 * MAX_BYTES;

    private static final Pattern SEPARATOR = Pattern.compile("[\\s:]+|0[xX]");

    private Payload() {}

    /**
     * The bytes of the only notation that is given.
     *
     * @param notations the values by the names of their fields; at least one, null where not given
     * @throws SettingException if not exactly one is given, or if it is not valid
     */
    static byte[] of(Map<String, String> notations, List<String> possible) {
        List<String> given = new ArrayList<>(notations.keySet());
        if (given.isEmpty()) {
            throw new SettingException(
                    possible.get(0), "is required, or instead of it " + otherThan(possible.get(0), possible));
        }
        if (given.size() > 1) {
            throw new SettingException(
                    given.get(1), "cannot be given together with " + given.get(0) + "; leave out one of them");
        }
        String field = given.get(0);
        byte[] bytes = parse(field, String.valueOf(notations.get(field)));
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new SettingException(field, "must have 1 to " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return bytes;
    }

    private static String otherThan(String first, List<String> possible) {
        return String.join(
                " or ", possible.stream().filter(name -> !name.equals(first)).toList());
    }

    private static byte[] parse(String field, String value) {
        try {
            return switch (field) {
                case "hex" -> HexFormat.of().parseHex(SEPARATOR.matcher(value).replaceAll(""));
                case "base64" -> Base64.getDecoder().decode(value);
                default -> value.getBytes(StandardCharsets.UTF_8);
            };
        } catch (IllegalArgumentException ex) {
            throw new SettingException(
                    field,
                    field.equals("hex")
                            ? "must be an even number of hex digits, optionally separated by spaces, colons or 0x"
                            : "must be Base64 (RFC 4648): " + ex.getMessage());
        }
    }
}
