package dev.canyon.engine.fault;

import dev.canyon.engine.fault.FaultRefusedException.Reason;
import dev.canyon.engine.peer.LiveConnection;
import dev.canyon.engine.peer.LiveConnections;
import dev.canyon.thread.DaemonThreads;
import dev.canyon.thread.EventLoopBlockedException;
import dev.canyon.thread.LoopAnswers;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The faults of a listener. Belongs to the listener, not to the socket, and includes open connections, also those of a
 * closed listening socket. Changes apply live: no connection is closed, and no socket is opened.
 *
 * <p>While no fault is in force, TCP connections have no handler for it, and a datagram costs one volatile read.
 *
 * <p>May be used from any thread except an event loop. Lifetimes and cycles are timed by one thread for all listeners.
 */
public final class FaultPoint {

    /** The maximum number of faults of a listener. */
    public static final int MAX_FAULTS = 32;

    private static final InternalLogger log = InternalLoggerFactory.getInstance(FaultPoint.class);

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final LiveConnections connections;
    private final FaultObserver observer;
    private final AppliedTotals totals = new AppliedTotals();
    private final List<FaultUser> users = new CopyOnWriteArrayList<>();
    private List<ActiveFault> defined = List.of();
    private List<ActiveFault> temporary = List.of();
    private volatile @Nullable FaultPlan plan;
    private volatile int count;
    private @Nullable ScheduledFuture<?> nextChange;
    private boolean closed;

    public FaultPoint(LiveConnections connections, FaultObserver observer) {
        this.connections = connections;
        this.observer = observer;
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("canyon-faults"));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** What is in force now; null if nothing is. May be called on event loops. */
    public @Nullable FaultPlan plan() {
        return plan;
    }

    /** All faults in the order of their effect, those included whose cycle is off. */
    public synchronized List<ActiveFault> all() {
        return Stream.concat(defined.stream(), temporary.stream()).toList();
    }

    /** The number of faults, those included whose cycle is off. Needs no lock. */
    public int inForce() {
        return count;
    }

    /**
     * The number of subjects to which faults were applied, by the class of their effect. Includes faults that are no longer in
     * force, and types that were not applied yet. Needs no lock.
     */
    public Map<Class<? extends FaultEffect>, Long> appliedByType() {
        return totals.read();
    }

    public synchronized Optional<ActiveFault> find(String id) {
        return all().stream().filter(fault -> fault.id().equals(id)).findFirst();
    }

    /**
     * Checks whether {@link #define} can succeed. Does not fail because the listener was deleted, which the caller finds out itself.
     *
     * @throws FaultRefusedException if a temporary fault has one of the ids, or there would be too many
     */
    public synchronized void requireDefinable(List<Fault> faults) {
        for (Fault fault : faults) {
            if (find(temporary, fault.id()) != null) {
                throw exists(fault.id());
            }
        }
        requireRoom(faults.size() + temporary.size());
    }

    /** Replaces the faults of the definition; temporary ones remain. */
    public void define(List<Fault> faults) {
        define(faults, fault -> true);
    }

    /**
     * Replaces the faults of the definition. Faults that have not changed continue.
     *
     * <p>Does not fail if an event loop is blocked: the definition is in force, and takes effect for its connections later.
     *
     * @param fits whether a temporary fault fits the changed definition; others are removed
     */
    public synchronized void define(List<Fault> faults, Predicate<Fault> fits) {
        List<ActiveFault> next = new ArrayList<>();
        for (Fault fault : faults) {
            ActiveFault before = find(defined, fault.id());
            if (before == null) {
                next.add(new ActiveFault(fault, FaultOrigin.DEFINITION, 0, observer, totals));
            } else {
                next.add(before.fault().equals(fault) ? before : before.replacedBy(fault, 0));
            }
        }
        List<ActiveFault> before = defined;
        List<ActiveFault> unfit =
                temporary.stream().filter(each -> !fits.test(each.fault())).toList();
        if (next.equals(before) && unfit.isEmpty()) {
            return;
        }
        defined = List.copyOf(next);
        temporary = without(unfit);
        CompletableFuture<Void> inEffect = publish();
        Stream.concat(before.stream().filter(each -> find(defined, each.id()) == null), unfit.stream())
                .forEach(observer::removed);
        next.stream().filter(each -> !before.contains(each)).forEach(observer::added);
        try {
            await(inEffect);
        } catch (EventLoopBlockedException ex) {
            log.warn("Changed faults take effect late: {}", ex.getMessage());
        }
    }

    private List<ActiveFault> without(List<ActiveFault> removed) {
        return temporary.stream().filter(each -> !removed.contains(each)).toList();
    }

    /**
     * Adds a temporary fault. Returns once it is in effect for all connections.
     *
     * @param lifetime zero for no end
     * @throws FaultRefusedException if the id is taken, or there would be too many
     * @throws EventLoopBlockedException as every change of a temporary fault, if an event loop has not answered for ten seconds; the
     *     change is in force, and takes effect for its connections later
     */
    public synchronized ActiveFault add(Fault fault, Duration lifetime) {
        if (closed) {
            throw new FaultRefusedException(Reason.NOT_FOUND, "the listener was deleted");
        }
        if (find(fault.id()).isPresent()) {
            throw exists(fault.id());
        }
        requireRoom(defined.size() + temporary.size() + 1);
        ActiveFault added = new ActiveFault(fault, FaultOrigin.TEMPORARY, lifetime.toNanos(), observer, totals);
        temporary = Stream.concat(temporary.stream(), Stream.of(added)).toList();
        CompletableFuture<Void> inEffect = publish();
        observer.added(added);
        await(inEffect);
        return added;
    }

    /**
     * Replaces a temporary fault in its place.
     *
     * @param fault has the id of the fault to replace
     * @throws FaultRefusedException if there is none, or it belongs to the definition
     */
    public synchronized ActiveFault replace(Fault fault, Duration lifetime) {
        ActiveFault before = requireTemporary(fault.id());
        ActiveFault after = before.replacedBy(fault, lifetime.toNanos());
        temporary = temporary.stream()
                .map(each -> each.equals(before) ? after : each)
                .toList();
        CompletableFuture<Void> inEffect = publish();
        observer.added(after);
        await(inEffect);
        return after;
    }

    /**
     * Removes a temporary fault. What it holds back is sent immediately, in order.
     *
     * @throws FaultRefusedException if there is none, or it belongs to the definition
     */
    public synchronized ActiveFault remove(String id) {
        ActiveFault removed = requireTemporary(id);
        removeAll(List.of(removed));
        return removed;
    }

    /** Removes all temporary faults. @return those removed */
    public synchronized List<ActiveFault> removeTemporary() {
        List<ActiveFault> removed = temporary;
        removeAll(removed);
        return removed;
    }

    private void removeAll(List<ActiveFault> removed) {
        if (!removed.isEmpty()) {
            temporary = without(removed);
            CompletableFuture<Void> inEffect = publish();
            removed.forEach(observer::removed);
            await(inEffect);
        }
    }

    /** Removes all faults, because the listener is deleted; no other can be added. */
    public synchronized void close() {
        closed = true;
        defined = List.of();
        temporary = List.of();
        publish();
    }

    /** An endpoint to which the faults are applied, besides its connections. */
    @FunctionalInterface
    public interface FaultUser {

        /** {@link #plan} has changed. Must not block. @return completes when the change is in effect */
        CompletableFuture<Void> faultsChanged();
    }

    public void addUser(FaultUser user) {
        users.add(user);
    }

    public void removeUser(FaultUser user) {
        users.remove(user);
    }

    private ActiveFault requireTemporary(String id) {
        ActiveFault found = find(temporary, id);
        if (found != null) {
            return found;
        }
        if (find(defined, id) != null) {
            throw new FaultRefusedException(
                    Reason.READ_ONLY, "fault '" + id + "' belongs to the definition: change its field 'faults'");
        }
        throw new FaultRefusedException(Reason.NOT_FOUND, "no fault '" + id + "'");
    }

    private static FaultRefusedException exists(String id) {
        return new FaultRefusedException(
                Reason.EXISTS, "fault '" + id + "' exists: remove it first, or choose another id");
    }

    private static void requireRoom(int faults) {
        if (faults > MAX_FAULTS) {
            throw new FaultRefusedException(
                    Reason.TOO_MANY, "at most " + MAX_FAULTS + " faults can be in force, not " + faults);
        }
    }

    private static @Nullable ActiveFault find(List<ActiveFault> among, String id) {
        return among.stream().filter(fault -> fault.id().equals(id)).findFirst().orElse(null);
    }

    /** @return completes when the new plan is in effect everywhere */
    private CompletableFuture<Void> publish() {
        List<ActiveFault> on = all().stream().filter(ActiveFault::isOn).toList();
        count = defined.size() + temporary.size();
        plan = on.isEmpty() ? null : new FaultPlan(on);
        scheduleNextChange();
        connections.forEach(LiveConnection::numberForFaults);
        List<CompletableFuture<Void>> changes =
                new ArrayList<>(users.stream().map(FaultUser::faultsChanged).toList());
        changes.add(connections.onEach(LiveConnection::updateFaults));
        return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new));
    }

    private static void await(CompletableFuture<Void> inEffect) {
        LoopAnswers.join(
                inEffect,
                "the change of the faults is in force, and takes effect for its connections as soon as it answers");
    }

    private void scheduleNextChange() {
        if (nextChange != null) {
            nextChange.cancel(false);
            nextChange = null;
        }
        long delay = all().stream().mapToLong(ActiveFault::untilChange).min().orElse(Long.MAX_VALUE);
        if (delay < Long.MAX_VALUE) {
            nextChange = CLOCK.schedule(this::change, delay, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void change() {
        List<ActiveFault> expired =
                temporary.stream().filter(ActiveFault::isExpired).toList();
        temporary = without(expired);
        publish();
        expired.forEach(observer::expired);
    }
}
