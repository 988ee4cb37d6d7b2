package dev.canyon.engine.fault;

import dev.canyon.net.WireName;

/** Where a fault comes from. */
public enum FaultOrigin {
    /** The definition of the listener, which is stored. */
    DEFINITION,
    /** A request; the fault ends with its lifetime, the listener or the process. */
    TEMPORARY;

    /** The name used in the API. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
