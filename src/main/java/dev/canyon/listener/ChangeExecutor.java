package dev.canyon.listener;

import dev.canyon.thread.DaemonThreads;
import dev.canyon.thread.Futures;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Threads for the steps of a change that block briefly: binding, closing, storing. What follows a drain runs here and not on
 * the event loop that ended it. No step waits for another one, so a bounded number of threads cannot deadlock.
 */
final class ChangeExecutor implements Executor, AutoCloseable {

    /** Binding mostly waits for an event loop, so a few more threads than processors keep those busy. */
    private static final int THREADS = 4 * Runtime.getRuntime().availableProcessors();

    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.numbered("canyon-change"));

    ChangeExecutor() {
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable step) {
        threads.execute(step);
    }

    /**
     * Runs a step once a future has completed, normally or exceptionally: on the calling thread if it has already, else on a
     * thread of this executor.
     *
     * @return completes as the step does
     */
    CompletableFuture<Void> after(CompletableFuture<?> future, Runnable step) {
        CompletableFuture<Boolean> completed = future.handle((result, failure) -> true);
        return completed.isDone() ? completed.thenRun(step) : completed.thenRunAsync(step, this);
    }

    /** Starts the same action for every element, several at a time; completes when each of their futures has. */
    <T> CompletableFuture<Void> forEach(Collection<T> elements, Function<T, CompletableFuture<Void>> action) {
        return CompletableFuture.allOf(elements.stream()
                .map(element -> CompletableFuture.completedFuture(element).thenComposeAsync(action, this))
                .toArray(CompletableFuture[]::new));
    }

    /** Waits for a future, also if the thread is interrupted, and throws what a step threw. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException ex) {
            throw unwrap(ex);
        }
    }

    /** The exception that a step threw; throws it if it is an error. */
    static RuntimeException unwrap(Throwable failure) {
        Throwable cause = Futures.cause(failure);
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** Rejects further steps; those already accepted are run. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
