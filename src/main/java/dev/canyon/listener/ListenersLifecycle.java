package dev.canyon.listener;

import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.listener.ListenerState.Stopped;
import dev.canyon.transport.EchoTransport;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the enabled listeners after the web server has started, and drains all listeners before the web server stops, so that
 * the API still answers while they do. While the store is away, those that are declared run, and the store is asked again.
 */
final class ListenersLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ListenersLifecycle.class);

    /** Higher stops earlier; Boot's web server stops gracefully at {@code DEFAULT_PHASE - 1024}. */
    private static final int BEFORE_THE_WEB_SERVER_STOPS = DEFAULT_PHASE - 512;

    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(7);
    private static final Duration UNTIL_THE_STORE_IS_ASKED_AGAIN = Duration.ofSeconds(2);

    private final Listeners listeners;
    private final ListenerRegistry registry;
    private final EchoTransport transport;
    private final ListenerFaces faces;
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "canyon-restore");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    ListenersLifecycle(Listeners listeners, ListenerRegistry registry, EchoTransport transport, ListenerFaces faces) {
        this.listeners = listeners;
        this.registry = registry;
        this.transport = transport;
        this.faces = faces;
    }

    @Override
    public void start() {
        running = true;
        boolean restored = isRestored();
        open();
        if (restored) {
            registry.complete();
        } else {
            askAgainLater();
        }
    }

    private boolean isRestored() {
        try {
            listeners.restore();
            return true;
        } catch (StoreUnavailableException ex) {
            // The store has told what is wrong with it.
            return false;
        }
    }

    private void open() {
        long begun = System.nanoTime();
        listeners.openEnabled();
        log.info(
                "{} listeners open, {} failed, {} stopped, after {} ms",
                count(Running.class),
                count(Failed.class),
                count(Stopped.class),
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    private void askAgainLater() {
        timer.schedule(this::askAgain, UNTIL_THE_STORE_IS_ASKED_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void askAgain() {
        if (!running) {
            return;
        }
        try {
            if (isRestored()) {
                open();
                registry.complete();
                return;
            }
        } catch (RuntimeException ex) {
            // The timer would forget the task without a word.
            log.error("Stored listeners could not be restored", ex);
        }
        askAgainLater();
    }

    private long count(Class<? extends ListenerState> state) {
        return registry.listeners()
                .map(EchoListener::state)
                .filter(state::isInstance)
                .count();
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdown();
        try {
            listeners.drainAll(LONGEST_DRAIN);
        } finally {
            faces.unregisterAll();
            transport.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER_STOPS;
    }

    /** A context that is cached between tests keeps its ports. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
