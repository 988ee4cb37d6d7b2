package dev.canyon.listener;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same with many listeners, several at a time. */
final class ManyAtOnce {

    /** Opening is mostly waiting for an event loop, so a few more threads than processors keep those busy. */
    private static final int THREADS = 4 * Runtime.getRuntime().availableProcessors();

    private ManyAtOnce() {}

    /** Done with all of them when it returns, also if the thread is interrupted meanwhile. */
    static void forEach(Collection<EchoListener> listeners, Consumer<EchoListener> action) {
        if (listeners.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, listeners.size()), task -> {
            Thread thread = new Thread(task, "canyon-open");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<? extends Future<?>> tasks = listeners.stream()
                    .map(listener -> threads.submit(() -> action.accept(listener)))
                    .toList();
            tasks.forEach(ManyAtOnce::await);
        } finally {
            threads.shutdown();
        }
    }

    private static void await(Future<?> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException ex) {
                    interrupted = true;
                } catch (ExecutionException ex) {
                    throw new IllegalStateException(ex.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
