package dev.canyon.engine.peer;

import dev.canyon.net.WireName;

/** Why a TCP connection is currently not read. */
public enum PauseReason {
    /** The peer does not read its replies. */
    BACK_PRESSURE,
    /** Replies wait for the peer, and those of all connections together exceed the {@code ByteBudget}. */
    BYTE_BUDGET,
    /** A fault stops reading, or holds back as many bytes as allowed. */
    FAULT,
    /** The reply holds back as many bytes or messages as allowed. */
    REPLY;

    /** The name used in the API, for example {@code back-pressure}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
