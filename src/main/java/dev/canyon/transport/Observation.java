package dev.canyon.transport;

import java.net.InetSocketAddress;

/** What is counted, known and told of a listener's sockets. It is the listener's, and handed in each time a port opens. */
public record Observation(EndpointCounters counters, Peers peers, SocketObserver observer) {

    /** With nothing counted, nobody known, and this one to be told. */
    public static Observation by(SocketObserver observer) {
        return new Observation(new EndpointCounters(), new Peers(observer), observer);
    }

    /** A datagram was received and will not be sent back. */
    void dropped(InetSocketAddress source, DropReason reason) {
        counters.dropped(reason);
        observer.dropped(source, reason);
    }
}
