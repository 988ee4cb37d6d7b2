package dev.canyon.listener;

import dev.canyon.engine.EchoTransport;
import dev.canyon.listener.directory.ListenerState;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.directory.ListenerState.Stopped;
import dev.canyon.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the enabled listeners after the web server has started, and drains all listeners before the web server stops, so that
 * the API still answers meanwhile. While the store is unavailable, declared listeners run and loading is retried.
 */
final class ListenersLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ListenersLifecycle.class);

    /** Higher stops earlier; Boot's web server stops gracefully at {@code DEFAULT_PHASE - 1024}. */
    private static final int BEFORE_THE_WEB_SERVER_STOPS = DEFAULT_PHASE - 512;

    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(7);
    private static final Duration RESTORE_RETRY_DELAY = Duration.ofSeconds(2);

    private final Listeners listeners;
    private final ListenerRegistry registry;
    private final EchoTransport transport;
    private final ListenerBeans beans;
    private final ScheduledExecutorService timer =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("canyon-restore"));
    private volatile boolean running;

    ListenersLifecycle(Listeners listeners, ListenerRegistry registry, EchoTransport transport, ListenerBeans beans) {
        this.listeners = listeners;
        this.registry = registry;
        this.transport = transport;
        this.beans = beans;
    }

    @Override
    public void start() {
        running = true;
        boolean restored = tryRestore();
        open();
        if (restored) {
            registry.complete();
        } else {
            restoreLater();
        }
    }

    private boolean tryRestore() {
        try {
            listeners.restore();
            return true;
        } catch (StoreUnavailableException ex) {
            // The store has logged the reason.
            return false;
        }
    }

    private void open() {
        long begun = System.nanoTime();
        ChangeExecutor.join(listeners.openEnabled());
        log.info(
                "{} listeners open, {} failed, {} stopped, after {} ms",
                count(Running.class),
                count(Failed.class),
                count(Stopped.class),
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    private void restoreLater() {
        timer.schedule(this::restoreAgain, RESTORE_RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void restoreAgain() {
        if (!running) {
            return;
        }
        try {
            if (tryRestore()) {
                open();
                registry.complete();
                return;
            }
        } catch (RuntimeException ex) {
            // The timer would drop the task silently.
            log.error("Stored listeners could not be restored", ex);
        }
        restoreLater();
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
            beans.unregisterAll();
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

    /** A context that is cached between tests keeps its ports open. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
