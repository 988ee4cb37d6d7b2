package dev.canyon.api;

import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ended. It names the last item, not a position, and so stays valid while items come and go.
 */
final class Cursor {

    private static final String VERSION = "1:";

    private Cursor() {}

    static String after(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((VERSION + key).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws RefusedException if it is not one that we have given out */
    static String key(String cursor) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (decoded.startsWith(VERSION)) {
                return decoded.substring(VERSION.length());
            }
        } catch (IllegalArgumentException ex) {
            // Not Base64: refused below, like anything else that is not ours.
        }
        throw invalid(cursor);
    }

    /** What to throw for one that is not ours, or not of this collection. */
    static RefusedException invalid(String cursor) {
        return new RefusedException(
                ProblemCode.CURSOR_INVALID,
                "'" + cursor + "' is not a nextCursor of ours: start again without a cursor");
    }
}
