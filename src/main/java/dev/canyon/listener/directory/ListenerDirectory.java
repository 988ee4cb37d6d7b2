package dev.canyon.listener.directory;

import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.traffic.TapPoint;
import dev.canyon.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Read access to all listeners. Calls do not block and may be made from any thread, except for {@link #peers}. */
public interface ListenerDirectory {

    Optional<ListenerSnapshot> find(String name);

    /** All listeners, sorted by name. The stream is weakly consistent with listeners created or deleted meanwhile. */
    Stream<ListenerSnapshot> all();

    /** Listeners whose name sorts after {@code name}, which need not exist. */
    Stream<ListenerSnapshot> after(String name);

    /**
     * Enabled listeners on this port, sorted by name; a listener with port 0 is on the port that was bound. An index lookup:
     * other listeners are not read.
     */
    Stream<ListenerSnapshot> at(Protocol protocol, int port);

    /**
     * The peers of a listener in the order in which they were first seen, see {@link dev.canyon.engine.peer.Peers#after}.
     * Waits for event loops, so it must not be called on one.
     *
     * @param afterId the id of the last peer of the previous page; 0 for the first page
     * @throws ListenerNotFoundException if there is no such listener
     */
    List<Peer> peers(String name, long afterId, int atMost);

    /**
     * Where to attach taps to the traffic of a listener, whether it is open or not.
     *
     * @throws ListenerNotFoundException if there is no such listener
     */
    TapPoint taps(String name);

    /**
     * The faults of a listener, whether it is open or not.
     *
     * @throws ListenerNotFoundException if there is no such listener
     */
    FaultPoint faults(String name);

    /** Whether stored listeners have been loaded and opening every enabled one has been tried. False during startup. */
    boolean isComplete();

    /** Sums over all listeners, including deleted ones. Reads the counters of each listener. */
    ListenerTotals totals();
}
