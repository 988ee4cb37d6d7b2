package dev.canyon.probe.run;

import dev.canyon.net.WireName;

/** The state of a run. */
public enum RunState {
    RUNNING,
    /** Ran to its end, whatever the verdict. */
    COMPLETED,
    CANCELLED,
    /** No connection was established, or an internal error occurred. */
    FAILED;

    public boolean isOver() {
        return this != RUNNING;
    }

    /** Returns the value used in the API, the command line and reports, for example {@code running}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
