package dev.canyon.transport;

import java.net.InetSocketAddress;

/** What is counted, known and told of a listener's sockets. It is the listener's, and handed in each time a port opens. */
public record Observation(EndpointCounters counters, Peers peers, SocketObserver observer, TapPoint taps) {

    /** With nothing counted, nobody known, no tap, and this one to be told. */
    public static Observation by(SocketObserver observer) {
        Peers peers = new Peers(observer);
        return new Observation(new EndpointCounters(), peers, observer, new TapPoint(peers.connections()));
    }

    /** A datagram was received and will not be sent back. */
    void dropped(InetSocketAddress source, DropReason reason) {
        counters.dropped(reason);
        observer.dropped(source, reason);
    }
}
