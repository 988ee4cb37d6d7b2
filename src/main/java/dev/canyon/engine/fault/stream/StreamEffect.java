package dev.canyon.engine.fault.stream;

import dev.canyon.engine.fault.FaultEffect;

/** A fault of TCP connections. */
public interface StreamEffect extends FaultEffect {

    /** A stage for one connection. */
    StreamStage streamStage();

    /** Whether a fault chooses among connections; otherwise among positions of each stream. */
    default boolean choosesConnections() {
        return true;
    }

    /** Whether the fault is taken away when a drain begins, which would otherwise wait for it in vain. */
    default boolean yieldsToDrain() {
        return false;
    }
}
