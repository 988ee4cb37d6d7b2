package dev.canyon.engine.fault;

import dev.canyon.engine.peer.Direction;
import dev.canyon.net.WireName;
import java.util.EnumSet;
import java.util.Set;

/**
 * A fault of TLS handshakes. It chooses connections, and only those whose handshake has not begun when the fault is in force: others
 * have no number.
 */
public interface HandshakeEffect extends FaultEffect {

    /** What the client receives instead of a ServerHello. */
    enum Ending {
        /** The fatal alert handshake_failure (RFC 8446, section 6.2), then FIN. */
        ALERT,
        /** FIN. */
        CLOSE,
        /** RST. */
        RESET,
        /** Nothing, until the handshake timeout of the listener. */
        STALL;

        /** The name used in the API, for example {@code alert}. */
        @Override
        public String toString() {
            return WireName.of(this);
        }
    }

    Ending ending();

    @Override
    default Set<Direction> directions() {
        return EnumSet.of(Direction.IN);
    }
}
