package dev.canyon.listener;

import dev.canyon.transport.Peer;
import dev.canyon.transport.Peers;
import dev.canyon.transport.TapPoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All listeners, to read. Calls return at once and may be made from any thread, but for {@link #peers}. */
public interface ListenerDirectory {

    Optional<ListenerSnapshot> find(String name);

    /** Every listener, by name; those that come or go meanwhile may be in it or not. */
    Stream<ListenerSnapshot> all();

    /** Those whose name sorts after {@code name}, which itself need not exist. */
    Stream<ListenerSnapshot> after(String name);

    /**
     * Who talks to a listener, in the order in which they came: see {@link Peers#after}. Waits a moment for event loops, so
     * never call it on one.
     *
     * @param afterId 0 for all
     * @throws ListenerNotFoundException if there is no such listener
     */
    List<Peer> peers(String name, long afterId, int atMost);

    /**
     * Where what a listener receives and sends can be looked at, while it has a port and while it has none.
     *
     * @throws ListenerNotFoundException if there is no such listener
     */
    TapPoint taps(String name);

    /** Whether all that is stored has been read, and every enabled listener has been tried. False for a while at start. */
    boolean isComplete();

    /** The sums over all of them, and over those that were deleted. Costs a look at each. */
    ListenerTotals totals();
}
