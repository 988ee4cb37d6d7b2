package dev.canyon.listener;

import dev.canyon.transport.EndpointCounters;
import dev.canyon.transport.LimitReachedException;
import dev.canyon.transport.Peer;
import dev.canyon.transport.Protocol;
import dev.canyon.transport.TapPoint;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Who exists. The only place that says so: beans and managed beans are faces of what stands here. */
final class ListenerRegistry implements ListenerDirectory {

    private static final String LIMIT = "canyon.limits.max-listeners";

    private final ConcurrentNavigableMap<String, EchoListener> byName = new ConcurrentSkipListMap<>();
    private final int limit;
    /** What listeners that are gone have counted. Its lock keeps a total from missing one that is just leaving. */
    private final Map<Protocol, EndpointCounters.Reading> deleted = new EnumMap<>(Protocol.class);

    private int counted;
    private volatile boolean complete;

    /** @param limit listeners of origin {@link Origin#API} at most; 0 means no limit */
    ListenerRegistry(int limit) {
        this.limit = limit;
    }

    /**
     * Adds new listeners, all or none.
     *
     * @param leaving how many of origin {@link Origin#API} will be removed in return
     * @throws ListenerExistsException if a name is taken
     * @throws LimitReachedException if there would be more than there may be
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

    /** Adds one that was there before this process, whatever the limit is by now. */
    synchronized void add(EchoListener listener) {
        counted += counts(listener) ? 1 : 0;
        listener.appear();
        byName.put(listener.name(), listener);
    }

    private static boolean counts(EchoListener listener) {
        return listener.origin() == Origin.API;
    }

    /** Its counts are kept in the totals. What connections of it that still drain count later is not. */
    synchronized void remove(EchoListener listener) {
        synchronized (deleted) {
            if (byName.remove(listener.name(), listener)) {
                counted -= counts(listener) ? 1 : 0;
                ListenerSnapshot last = listener.snapshot();
                deleted.merge(
                        last.definition().protocol(),
                        last.counters().lifetime().ended(),
                        EndpointCounters.Reading::plus);
            }
        }
    }

    /**
     * @param more how many are to come; negative if more leave than come
     * @throws LimitReachedException if there would be more than there may be
     */
    synchronized void requireRoom(int more) {
        if (limit > 0 && more > 0 && counted + more > limit) {
            throw new LimitReachedException(
                    LIMIT,
                    "there are " + counted + " listeners and " + more + " would come, but " + LIMIT + " is " + limit
                            + ": delete some, or raise it");
        }
    }

    /** @throws StoreUnavailableException if what is stored is not all here yet, so that nobody takes its name or port */
    void requireComplete() {
        if (!complete) {
            throw new StoreUnavailableException("stored listeners are not known yet: try again in a moment", null);
        }
    }

    /** From now on the directory has all that there is. */
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
    public List<Peer> peers(String name, long afterId, int atMost) {
        return require(name).peers().after(afterId, atMost);
    }

    @Override
    public TapPoint taps(String name) {
        return require(name).taps();
    }

    @Override
    public ListenerTotals totals() {
        synchronized (deleted) {
            return ListenerTotals.of(all(), deleted);
        }
    }
}
