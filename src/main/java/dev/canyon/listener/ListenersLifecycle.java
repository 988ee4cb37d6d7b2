package dev.canyon.listener;

import dev.canyon.transport.EchoTransport;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the enabled listeners once everything else is up, and drains all listeners before the web server stops, so that
 * the API still answers while they do.
 */
final class ListenersLifecycle implements SmartLifecycle {

    /** Higher stops earlier; Boot's web server stops gracefully at {@code DEFAULT_PHASE - 1024}. */
    private static final int BEFORE_THE_WEB_SERVER_STOPS = DEFAULT_PHASE - 512;

    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(7);

    private final Listeners listeners;
    private final EchoTransport transport;
    private final ListenerFaces faces;
    private final Retries retries;
    private volatile boolean running;

    ListenersLifecycle(Listeners listeners, EchoTransport transport, ListenerFaces faces, Retries retries) {
        this.listeners = listeners;
        this.transport = transport;
        this.faces = faces;
        this.retries = retries;
    }

    @Override
    public void start() {
        listeners.openEnabled();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        retries.close();
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
