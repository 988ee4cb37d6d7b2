package dev.canyon.listener;

import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.TapPoint;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerTotals;
import dev.canyon.listener.directory.Origin;
import dev.canyon.listener.endpoint.EndpointClaims;
import dev.canyon.net.Protocol;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** All listeners, by name. This is the source of truth; Spring beans and JMX managed beans only mirror it. */
final class ListenerRegistry implements ListenerDirectory {

    private static final String LIMIT = "canyon.limits.max-listeners";

    private final ConcurrentNavigableMap<String, EchoListener> byName = new ConcurrentSkipListMap<>();
    private final int limit;
    private final EndpointClaims claims;
    /** Counts of deleted listeners. Its monitor keeps a total from missing a listener that is being removed. */
    private final Map<Protocol, EndpointCounters.Reading> deleted = new EnumMap<>(Protocol.class);

    private int counted;
    private volatile boolean complete;

    /**
     * @param limit maximum number of listeners of origin {@link Origin#API}; 0 means no limit
     * @param claims the endpoints of all enabled listeners
     */
    ListenerRegistry(int limit, EndpointClaims claims) {
        this.limit = limit;
        this.claims = claims;
    }

    /**
     * Adds new listeners, all or none.
     *
     * @param leaving the number of listeners of origin {@link Origin#API} that will be removed in return
     * @throws ListenerExistsException if a name is taken
     * @throws LimitReachedException if there would be more than the limit allows
     */
    synchronized void reserve(Collection<EchoListener> listeners, int leaving) {
        for (EchoListener listener : listeners) {
            if (byName.containsKey(listener.name())) {
                throw new ListenerExistsException(listener.name());
            }
        }
        requireRoom((int) listeners.stream().filter(ListenerRegistry::counts).count() - leaving);
        listeners.forEach(this::add);
    }

    /** Adds a listener from before this process, regardless of the limit. */
    synchronized void add(EchoListener listener) {
        counted += counts(listener) ? 1 : 0;
        listener.created();
        byName.put(listener.name(), listener);
    }

    private static boolean counts(EchoListener listener) {
        return listener.origin() == Origin.API;
    }

    /** Removes a listener and adds its counts to the totals. What its connections count later, while draining, is lost. */
    synchronized void remove(EchoListener listener) {
        synchronized (deleted) {
            if (byName.remove(listener.name(), listener)) {
                counted -= counts(listener) ? 1 : 0;
                listener.counters()
                        .read()
                        .forEach((protocol, last) ->
                                deleted.merge(protocol, last.lifetime().ended(), EndpointCounters.Reading::plus));
            }
        }
    }

    /**
     * @param more the number of listeners to be added; negative if more are removed than added
     * @throws LimitReachedException if there would be more than the limit allows
     */
    synchronized void requireRoom(int more) {
        if (limit > 0 && more > 0 && counted + more > limit) {
            throw new LimitReachedException(
                    LIMIT,
                    counted + " listeners exist and " + more + " would be added, but " + LIMIT + " is " + limit
                            + ": delete listeners or raise the limit");
        }
    }

    /** @throws StoreUnavailableException until stored listeners are loaded, so that nobody takes their names or ports */
    void requireComplete() {
        if (!complete) {
            throw new StoreUnavailableException("stored listeners have not been loaded yet: retry shortly", null);
        }
    }

    /** All stored listeners have been added. */
    void complete() {
        complete = true;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    Optional<EchoListener> lookUp(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    EchoListener require(String name) {
        return lookUp(name).orElseThrow(() -> {
            requireComplete();
            return new ListenerNotFoundException(name);
        });
    }

    Stream<EchoListener> listeners() {
        return byName.values().stream();
    }

    @Override
    public Optional<ListenerSnapshot> find(String name) {
        return lookUp(name).map(EchoListener::snapshot);
    }

    @Override
    public Stream<ListenerSnapshot> all() {
        return listeners().map(EchoListener::snapshot);
    }

    @Override
    public Stream<ListenerSnapshot> after(String name) {
        return byName.tailMap(name, false).values().stream().map(EchoListener::snapshot);
    }

    @Override
    public Stream<ListenerSnapshot> at(Protocol protocol, int port) {
        return claims.holders(protocol, port).stream().sorted().flatMap(name -> find(name).stream());
    }

    @Override
    public List<Peer> peers(String name, long afterId, int atMost) {
        return require(name).peers().after(afterId, atMost);
    }

    @Override
    public TapPoint taps(String name) {
        return require(name).taps();
    }

    @Override
    public FaultPoint faults(String name) {
        return require(name).faults();
    }

    @Override
    public ListenerTotals totals() {
        synchronized (deleted) {
            return ListenerTotals.of(all(), deleted);
        }
    }
}
