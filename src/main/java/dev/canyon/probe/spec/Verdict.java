package dev.canyon.probe.spec;

import dev.canyon.net.WireName;

/** The verdict on a run. */
public enum Verdict {
    PASS,
    FAIL,
    /** Cancelled, failed, or no response arrived. */
    INCONCLUSIVE;

    /** Returns the value used in the API, the command line and reports, for example {@code inconclusive}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
