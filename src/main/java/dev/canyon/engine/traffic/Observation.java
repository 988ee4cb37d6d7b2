package dev.canyon.engine.traffic;

import dev.canyon.engine.fault.FaultObserver;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.Peers;
import dev.canyon.engine.peer.SocketObserver;
import java.net.InetSocketAddress;

/**
 * The name, counters, peers, observer, taps and faults of a listener. Belongs to the listener, and is passed in each time a port is opened.
 *
 * @param listener the name of the listener; empty if it has none
 */
public record Observation(
        String listener,
        EndpointCounters counters,
        Peers peers,
        SocketObserver observer,
        TapPoint taps,
        FaultPoint faults) {

    /** A new observation with this observer: no counts, no peers, no tap and no faults. */
    public static Observation by(SocketObserver observer) {
        return of("", observer, FaultObserver.NONE);
    }

    /** A new observation of a listener: no counts, no peers, no tap and no faults. */
    public static Observation of(String listener, SocketObserver observer, FaultObserver faults) {
        Peers peers = new Peers(observer);
        return new Observation(
                listener,
                new EndpointCounters(),
                peers,
                observer,
                new TapPoint(peers.connections()),
                new FaultPoint(peers.connections(), faults));
    }

    /** Counts and reports a datagram that was received and is not answered. */
    public void dropped(InetSocketAddress source, DropReason reason) {
        counters.dropped(reason);
        observer.dropped(source, reason);
    }
}
