package dev.canyon.engine.fault;

import dev.canyon.net.WireName;
import java.net.InetSocketAddress;

/** What the numbers of a fault's subjects count within. */
public enum Per {
    /** All clients of the listener. */
    LISTENER,
    /** One client address, whatever its ports. */
    SOURCE,
    /** One connection, or one UDP address and port. */
    FLOW;

    /**
     * The scope that a client belongs to, as a key.
     *
     * @param flow identifies the connection or the UDP client
     */
    Object scopeOf(InetSocketAddress client, Object flow) {
        return switch (this) {
            case LISTENER -> LISTENER;
            case SOURCE -> client.getAddress();
            case FLOW -> flow;
        };
    }

    /** The name used in the API. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
