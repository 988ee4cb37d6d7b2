package dev.canyon.transport;

import java.util.Locale;

/** Why a datagram was not sent back. One is counted under the first reason that fits, in this order. */
public enum DropReason {
    PORT_ZERO,
    BAD_SOURCE,
    NOT_ALLOWED,
    OWN_ENDPOINT,
    RESERVED_PORT,
    OVERSIZE,
    RATE,
    EMPTY,
    QUEUE_FULL,
    SEND_ERROR,
    /** Lost in the kernel's receive buffer, before we could read it. */
    KERNEL;

    /** The word used on every surface, for example {@code own-endpoint}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
