package dev.canyon.listener;

import dev.canyon.transport.EchoTransport;
import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the declared listeners once everything else is up, and drains all listeners before the web server stops, so that
 * the API still answers while they do.
 */
final class ListenersLifecycle implements SmartLifecycle {

    /** Higher stops earlier; Boot's web server stops gracefully at {@code DEFAULT_PHASE - 1024}. */
    private static final int BEFORE_THE_WEB_SERVER_STOPS = DEFAULT_PHASE - 512;

    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(7);

    private final Listeners listeners;
    private final List<ListenerDefinition> declared;
    private final EchoTransport transport;
    private final ListenerFaces faces;
    private final Retries retries;
    private volatile boolean running;

    ListenersLifecycle(
            Listeners listeners,
            List<ListenerDefinition> declared,
            EchoTransport transport,
            ListenerFaces faces,
            Retries retries) {
        this.listeners = listeners;
        this.declared = declared;
        this.transport = transport;
        this.faces = faces;
        this.retries = retries;
    }

    @Override
    public void start() {
        declared.forEach(listeners::declare);
        running = true;
    }

    @Override
    public void stop() {
        retries.close();
        listeners.drainAll(LONGEST_DRAIN);
        faces.unregisterAll();
        transport.close();
        running = false;
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
