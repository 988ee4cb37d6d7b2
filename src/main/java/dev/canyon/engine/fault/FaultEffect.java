package dev.canyon.engine.fault;

import dev.canyon.engine.peer.Direction;
import dev.canyon.net.Protocol;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a fault does: a settings record with the fields of its type. A type is applied to TCP connections, to TLS handshakes, to
 * datagrams, or to the listening socket, and implements {@code StreamEffect}, {@link HandshakeEffect}, {@code DatagramEffect} or
 * {@link AcceptEffect} accordingly.
 */
public interface FaultEffect {

    /** The directions that the type can be applied to on any protocol. */
    default Set<Direction> directions() {
        return EnumSet.allOf(Direction.class);
    }

    /** The directions that the type can be applied to on a protocol. */
    default Set<Direction> directions(Protocol protocol) {
        return directions();
    }

    /**
     * Whether it is applied to replies to messages, so that a TCP listener needs framing. Such faults come before all others, which may
     * cut replies.
     */
    default boolean needsFraming() {
        return false;
    }

    /** Whether it can send more than the client has sent, which a forged source address could misuse on UDP. */
    default boolean amplifies() {
        return false;
    }

    /** The first field that is wrong for a protocol or together with others; null if none is. */
    default @Nullable FieldProblem problem(Protocol protocol) {
        return null;
    }

    /**
     * What is wrong with a field.
     *
     * @param message states the remedy
     */
    record FieldProblem(String field, String message) {}

    /** What its numbers count within, unless requested otherwise. */
    default Per defaultPer(Protocol protocol) {
        return protocol == Protocol.TCP ? Per.LISTENER : Per.FLOW;
    }
}
