package dev.canyon.api;

import dev.canyon.api.json.Faults;
import org.jspecify.annotations.Nullable;

/** How many items a page of any collection may have. */
final class PageLimit {

    private static final int DEFAULT = 100;
    private static final int MOST = 1000;

    private PageLimit() {}

    /** @return 1 to 1000; 100 if it is not given, or wrong, which is then among the faults */
    static int of(@Nullable String text, Faults faults) {
        if (text == null) {
            return DEFAULT;
        }
        if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        faults.add("limit", "must be a whole number from 1 to " + MOST + ", not '" + text + "'");
        return DEFAULT;
    }
}
