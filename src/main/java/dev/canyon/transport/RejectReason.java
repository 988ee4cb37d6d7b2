package dev.canyon.transport;

import java.util.Locale;

/** Why a TCP connection was closed before a byte of it was read. One is counted under the first reason that fits, in this order. */
public enum RejectReason {
    /** Its address family is not the listener's: a wildcard socket of one family may accept the other one's clients. */
    ADDRESS_FAMILY,
    /** The source is not in {@code allowedSources}. */
    NOT_ALLOWED,
    MAX_CONNECTIONS_PER_SOURCE,
    /** The process has no descriptor left for it: see {@link DescriptorBudget}. */
    DESCRIPTORS,
    MAX_CONNECTIONS;

    /** The word used on every surface, for example {@code max-connections}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
