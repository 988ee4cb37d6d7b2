package dev.canyon.probe.run;

import java.util.Locale;

/** How far a run is. */
public enum RunState {
    RUNNING,
    /** It went to its end, well or not: see its verdict. */
    COMPLETED,
    CANCELLED,
    /** It could not be made: no connection was established, or something of ours broke. */
    FAILED;

    /** The word used on every surface, for example {@code running}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
