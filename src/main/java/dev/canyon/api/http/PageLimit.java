package dev.canyon.api.http;

import dev.canyon.api.json.Faults;
import org.jspecify.annotations.Nullable;

/** The {@code limit} parameter of a collection. */
public final class PageLimit {

    private static final int DEFAULT = 100;
    private static final int MAX = 1000;

    private PageLimit() {}

    /** @return 1 to 1000; 100 if absent or invalid, which is added to the faults */
    public static int of(@Nullable String text, Faults faults) {
        if (text == null) {
            return DEFAULT;
        }
        if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= MAX) {
            return Integer.parseInt(text);
        }
        faults.add("limit", "must be an integer from 1 to " + MAX + ", not '" + text + "'");
        return DEFAULT;
    }
}
