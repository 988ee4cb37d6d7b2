package dev.canyon.listener;

import dev.canyon.thread.Futures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Serializes the changes of one listener, in the order in which they are requested. A change holds the lock until the future
 * that it returns has completed, so that a drain of minutes holds the lock but no thread.
 *
 * <p>Safe for use by multiple threads. Not reentrant: a change that waits for another one of the same listener never completes.
 */
final class ListenerLock {

    private static final CompletableFuture<Void> GRANTED = CompletableFuture.completedFuture(null);

    private final Executor changes;
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private boolean held;

    /** @param changes runs changes that had to wait for the lock */
    ListenerLock(Executor changes) {
        this.changes = changes;
    }

    /**
     * Runs a change with the lock held: on the calling thread if the lock is free, else on the executor when its turn comes.
     *
     * @return completes as the change does, after the lock has been released; exceptionally also if the change throws
     */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> change) {
        return runHolding(acquire(), change);
    }

    /** As {@link #run} if the lock is free; empty, and the change is not run, if it is held. */
    <T> Optional<CompletableFuture<T>> tryRun(Supplier<CompletableFuture<T>> change) {
        return tryAcquire() ? Optional.of(runHolding(GRANTED, change)) : Optional.empty();
    }

    /**
     * As {@link #run} with several locks held, which are acquired one after another. Each is released on its own.
     *
     * @param locks in an order that is the same for all callers, so that no two of them wait for each other
     * @param change returns a future for each lock, in the order of the locks, that releases this lock when it completes; or
     *     none to release all at once
     * @return the results, once all locks have been released
     */
    static <T> CompletableFuture<List<T>> runHoldingAll(
            List<ListenerLock> locks, Executor changes, Supplier<List<CompletableFuture<T>>> change) {
        CompletableFuture<Void> turn = GRANTED;
        for (ListenerLock lock : locks) {
            turn = turn.thenCompose(before -> lock.acquire());
        }
        CompletableFuture<List<CompletableFuture<T>>> begun =
                start(turn, changes, () -> CompletableFuture.completedFuture(change.get()));
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < locks.size(); i++) {
            int index = i;
            ListenerLock lock = locks.get(i);
            ends.add(begun.thenCompose(steps ->
                            steps.isEmpty() ? GRANTED : steps.get(index).thenAccept(result -> {}))
                    .whenComplete((result, failure) -> lock.release()));
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .thenCombine(
                        begun,
                        (done, steps) ->
                                steps.stream().map(CompletableFuture::join).toList());
    }

    private <T> CompletableFuture<T> runHolding(CompletableFuture<Void> turn, Supplier<CompletableFuture<T>> change) {
        return start(turn, changes, change).whenComplete((result, failure) -> release());
    }

    private static <T> CompletableFuture<T> start(
            CompletableFuture<Void> turn, Executor changes, Supplier<CompletableFuture<T>> change) {
        return turn.isDone() ? Futures.attempt(change) : turn.thenComposeAsync(granted -> change.get(), changes);
    }

    private synchronized CompletableFuture<Void> acquire() {
        if (!held) {
            held = true;
            return GRANTED;
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        waiting.add(turn);
        return turn;
    }

    private synchronized boolean tryAcquire() {
        boolean free = !held;
        held = true;
        return free;
    }

    private void release() {
        CompletableFuture<Void> next;
        synchronized (this) {
            next = waiting.poll();
            held = next != null;
        }
        if (next != null) {
            next.complete(null);
        }
    }

    /** @throws IllegalStateException if nobody holds the lock */
    synchronized void requireHeld() {
        if (!held) {
            throw new IllegalStateException("the listener's lock is not held");
        }
    }
}
