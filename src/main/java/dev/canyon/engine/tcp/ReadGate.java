package dev.canyon.engine.tcp;

import dev.canyon.engine.peer.PauseReason;
import io.netty.channel.ChannelConfig;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Switches reading of a connection off while any reason to pause holds. No other class does so. Used on the connection's event
 * loop.
 */
final class ReadGate {

    private static final PauseReason[] REASONS = PauseReason.values();

    private final ChannelConfig config;
    /** One bit for each reason that holds. */
    private int holding;

    private @Nullable Runnable whenResumed;
    /** Whether reasons have no effect for now. */
    private boolean exempt;

    private boolean open;
    private boolean ended;

    ReadGate(ChannelConfig config) {
        this.config = config;
    }

    void pause(PauseReason reason) {
        int before = holding;
        holding |= bit(reason);
        if (before == 0 && !open && !exempt) {
            config.setAutoRead(false);
        }
    }

    void resume(PauseReason reason) {
        if (holding == 0) {
            return;
        }
        int before = holding;
        holding &= ~bit(reason);
        if (holding == 0 && !open && !ended) {
            config.setAutoRead(true);
        }
        if (before != 0 && holding == 0 && whenResumed != null) {
            whenResumed.run();
        }
    }

    /** Whether the connection is currently not read. */
    boolean isPaused() {
        return holding != 0 && !open;
    }

    /** Whether this reason to pause holds. */
    boolean isPausedFor(PauseReason reason) {
        return (holding & bit(reason)) != 0;
    }

    /** @param action runs each time that the last reason to pause ends */
    void whenResumed(Runnable action) {
        whenResumed = action;
    }

    /**
     * Reads the connection regardless of reasons to pause: during a TLS handshake, whose messages are not echoed.
     *
     * @param now false if reasons are in effect again
     */
    void exempt(boolean now) {
        exempt = now;
        if (!exempt && !open && holding != 0) {
            config.setAutoRead(false);
        }
    }

    /** Reads the connection from now on regardless of reasons to pause: for a connection whose input is discarded. */
    void open() {
        open = true;
        if (!ended) {
            config.setAutoRead(true);
        }
    }

    /**
     * Everything up to the client's FIN was read. Reading is not switched on any more: on epoll, Netty may have removed such a
     * socket, and would close it for the error. Not earlier, because on NIO another read finds out that nothing is left.
     */
    void end() {
        ended = true;
    }

    /** The reasons for which the connection is currently not read; empty if it is read. */
    Set<PauseReason> reasons() {
        Set<PauseReason> reasons = EnumSet.noneOf(PauseReason.class);
        for (PauseReason reason : REASONS) {
            if (!open && (holding & bit(reason)) != 0) {
                reasons.add(reason);
            }
        }
        return reasons;
    }

    @SuppressWarnings("EnumOrdinal") // not stored
    private static int bit(PauseReason reason) {
        return 1 << reason.ordinal();
    }
}
