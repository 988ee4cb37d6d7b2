package dev.canyon.engine.fault;

import dev.canyon.engine.peer.Direction;
import java.util.EnumSet;
import java.util.Set;

/** A fault of a listening TCP socket, which concerns all clients alike. */
public interface AcceptEffect extends FaultEffect {

    /** How the socket treats new clients; of several, the last one in this order applies. */
    enum Accepting {
        NORMAL,
        /** Nobody is accepted: connects time out once the queue is full. */
        PAUSED,
        /** Connects are refused, while the port remains reserved. */
        REFUSED
    }

    Accepting accepting();

    @Override
    default Set<Direction> directions() {
        return EnumSet.of(Direction.IN);
    }
}
