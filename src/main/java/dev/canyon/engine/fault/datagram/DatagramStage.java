package dev.canyon.engine.fault.datagram;

import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.Draws;
import dev.canyon.net.Protocol;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One fault on the datagrams of a UDP endpoint: receives each datagram and forwards it later, changed, several times, or not at
 * all. Used on the event loop of the endpoint.
 */
public abstract class DatagramStage {

    private static final int MAX_SCOPES = 65_536;

    private @Nullable ActiveFault active;
    private @Nullable FaultedDatagrams endpoint;
    private @Nullable Consumer<Datagram> next;

    final void attach(ActiveFault fault, FaultedDatagrams faulted) {
        this.active = fault;
        this.endpoint = faulted;
    }

    final void connect(Consumer<Datagram> following) {
        this.next = following;
    }

    /** The input of the stage: selects the datagrams that the fault is applied to. */
    final void datagram(Datagram datagram) {
        ActiveFault fault = fault();
        if (!fault.fault().concerns(datagram.source().getAddress())) {
            forward(datagram);
            return;
        }
        long number = fault.nextNumber(Protocol.UDP, datagram.source(), datagram.source());
        if (fault.chooses(number)) {
            chosen(datagram, number);
        } else {
            passing(datagram);
        }
    }

    /**
     * A datagram to which the fault is applied.
     *
     * @param number the number of the datagram in its scope
     */
    protected abstract void chosen(Datagram datagram, long number);

    /** A datagram to which the fault is not applied. */
    protected void passing(Datagram datagram) {
        forward(datagram);
    }

    /** The fault was taken away: forwards everything that is held back, in order. */
    protected void release() {}

    protected final void forward(Datagram datagram) {
        requireAttached(next).accept(datagram);
    }

    protected final void applied(Datagram datagram) {
        datagram.mark(fault().id());
        fault().applied();
    }

    protected final FaultedDatagrams endpoint() {
        return requireAttached(endpoint);
    }

    protected final ActiveFault fault() {
        return requireAttached(active);
    }

    /**
     * The seed of what the effect draws besides the choice of its datagrams.
     *
     * @param sequence 1 or greater
     */
    protected final long seed(long sequence) {
        return Draws.seedOf(fault().fault().seed(), sequence);
    }

    /** The scope of a datagram, as a key for {@link Scopes}. */
    protected final Object scopeOf(Datagram datagram) {
        return fault().scopeOf(Protocol.UDP, datagram.source(), datagram.source());
    }

    /** State per scope. The least recently used is forgotten beyond a bound. */
    protected static final class Scopes<T> {

        private final Supplier<T> initial;
        private final Map<Object, T> states = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, T> eldest) {
                return size() > MAX_SCOPES;
            }
        };

        public Scopes(Supplier<T> initial) {
            this.initial = initial;
        }

        public T of(Object scope) {
            return states.computeIfAbsent(scope, first -> initial.get());
        }

        public Iterable<T> all() {
            return states.values();
        }
    }

    private static <T> T requireAttached(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the stage is not attached to an endpoint");
        }
        return part;
    }
}
