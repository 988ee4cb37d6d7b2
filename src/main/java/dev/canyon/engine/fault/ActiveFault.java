package dev.canyon.engine.fault;

import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A fault of a listener, with what it has counted. Its identity is that of the object: a stage belongs to one of them. May be
 * used from any thread.
 */
public final class ActiveFault {

    private static final long NEVER = Long.MIN_VALUE;

    private final Fault fault;
    private final FaultOrigin origin;
    private final long addedAtNanos;
    private final long lifetimeNanos;
    private final FaultObserver observer;
    private final AppliedTotals totals;
    private final LongAdder total;
    private final Counts counts;

    /** Survives a change of the fault that selects the same subjects. */
    private static final class Counts {
        private final SubjectNumbers connections = new SubjectNumbers();
        private final SubjectNumbers others = new SubjectNumbers();
        private final LongAdder applied = new LongAdder();
        private volatile long lastAppliedAtMillis = NEVER;
    }

    /** @param lifetimeNanos 0 for no end */
    ActiveFault(Fault fault, FaultOrigin origin, long lifetimeNanos, FaultObserver observer, AppliedTotals totals) {
        this(fault, origin, System.nanoTime(), lifetimeNanos, observer, totals, new Counts());
    }

    private ActiveFault(
            Fault fault,
            FaultOrigin origin,
            long addedAtNanos,
            long lifetimeNanos,
            FaultObserver observer,
            AppliedTotals totals,
            Counts counts) {
        this.fault = fault;
        this.origin = origin;
        this.addedAtNanos = addedAtNanos;
        this.lifetimeNanos = lifetimeNanos;
        this.observer = observer;
        this.totals = totals;
        this.total = totals.of(fault.effect());
        this.counts = counts;
    }

    /** The fault that replaces this one under its id. Continues its numbers and choices if it selects the same subjects. */
    ActiveFault replacedBy(Fault changed, long changedLifetimeNanos) {
        return fault.selectsLike(changed)
                ? new ActiveFault(changed, origin, System.nanoTime(), changedLifetimeNanos, observer, totals, counts)
                : new ActiveFault(changed, origin, changedLifetimeNanos, observer, totals);
    }

    public Fault fault() {
        return fault;
    }

    public String id() {
        return fault.id();
    }

    public FaultOrigin origin() {
        return origin;
    }

    /** The key under which a connection keeps its choice: the same for faults that select the same subjects. */
    public Object choiceKey() {
        return counts;
    }

    /** Nanoseconds until the fault ends by itself; null if it does not. */
    public @Nullable Long remainingNanos() {
        return lifetimeNanos == 0 ? null : Math.max(0, lifetimeNanos - age());
    }

    boolean isExpired() {
        return lifetimeNanos > 0 && age() >= lifetimeNanos;
    }

    /** Whether its cycle, if it has one, is in the phase in which the fault is in force. */
    boolean isOn() {
        Cycle cycle = fault.cycle();
        return cycle == null || cycle.isOn(age());
    }

    /** Nanoseconds until the fault ends or its cycle changes; {@link Long#MAX_VALUE} if neither happens. */
    long untilChange() {
        Cycle cycle = fault.cycle();
        long untilEnd = lifetimeNanos == 0 ? Long.MAX_VALUE : Math.max(0, lifetimeNanos - age());
        return cycle == null ? untilEnd : Math.min(untilEnd, cycle.untilChange(age()));
    }

    private long age() {
        return System.nanoTime() - addedAtNanos;
    }

    /** The number of a connection, whether connections are the subjects of the fault or something within them. */
    public long nextConnection(InetSocketAddress client, Object id) {
        return counts.connections.next(scopeOf(Protocol.TCP, client, id));
    }

    /**
     * The number of the next subject of a client that is not a connection.
     *
     * @param flow identifies the connection or the UDP client
     */
    public long nextNumber(Protocol protocol, InetSocketAddress client, Object flow) {
        return counts.others.next(scopeOf(protocol, client, flow));
    }

    /**
     * The scope that a client belongs to, as a key for state that a stage keeps per scope.
     *
     * @param flow identifies the connection or the UDP client
     */
    public Object scopeOf(Protocol protocol, InetSocketAddress client, Object flow) {
        return fault.per(protocol).scopeOf(client, flow);
    }

    /** Whether the fault is applied to the subject with this number. */
    public boolean chooses(long number) {
        return fault.when().chooses(fault.seed(), number);
    }

    /** Counts one subject to which the fault was applied. */
    public void applied() {
        counts.applied.increment();
        total.increment();
        touched();
    }

    /** The fault had an effect on a subject that is counted already. */
    public void touched() {
        counts.lastAppliedAtMillis = System.currentTimeMillis();
        observer.applied(this);
    }

    /** The number of subjects to which the fault was applied. */
    public long appliedCount() {
        return counts.applied.sum();
    }

    /** When it last had an effect; null if it never had. */
    public @Nullable Instant lastAppliedAt() {
        long last = counts.lastAppliedAtMillis;
        return last == NEVER ? null : Instant.ofEpochMilli(last);
    }
}
