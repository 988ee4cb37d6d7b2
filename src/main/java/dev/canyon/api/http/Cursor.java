package dev.canyon.api.http;

import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Marks the end of a page. It names the last item rather than a position, so it stays valid while items are added and removed.
 */
public final class Cursor {

    private static final String VERSION = "1:";

    private Cursor() {}

    public static String after(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((VERSION + key).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws RefusedException if the cursor does not have the form of a {@code nextCursor} */
    public static String key(String cursor) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (decoded.startsWith(VERSION)) {
                return decoded.substring(VERSION.length());
            }
        } catch (IllegalArgumentException ex) {
            // Not Base64: rejected below.
        }
        throw invalid(cursor);
    }

    /** The exception for a cursor that is malformed or belongs to another collection. */
    public static RefusedException invalid(String cursor) {
        return new RefusedException(
                ProblemCode.CURSOR_INVALID,
                "'" + cursor + "' is not a nextCursor of this collection: restart from the first page");
    }
}
