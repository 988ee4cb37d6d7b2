package dev.canyon.probe.run;

import java.util.Locale;

/** What a run shows. */
public enum Verdict {
    PASS,
    FAIL,
    /** It was cancelled, it could not be made, or nothing came back. */
    INCONCLUSIVE;

    /** The word used on every surface, for example {@code inconclusive}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
