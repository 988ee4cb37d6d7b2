package dev.canyon.inspect.capture;

import dev.canyon.engine.traffic.TapPoint;
import dev.canyon.inspect.event.EventDetail;
import dev.canyon.inspect.event.EventLog;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.thread.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The captures of all listeners: held in memory, bounded for each listener by its settings and in total by {@link CaptureMemory}.
 * Its start and end are recorded as events; its messages are not. A capture is independent of start and stop of its listener and is
 * removed with it.
 *
 * <p>May be called from any thread except an event loop. All methods throw {@link ListenerNotFoundException} for an unknown
 * listener.
 */
public final class Captures implements SmartLifecycle, AutoCloseable {

    private static final long SWEEP_INTERVAL_MILLIS = 1_000;

    private final ListenerDirectory directory;
    private final EventLog eventLog;
    private final LongSupplier epochNanos;
    private final CaptureMemory memory;
    private final AtomicLong newestId = new AtomicLong();
    private final Set<Capture> captures = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService worker =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("canyon-capture"));
    private volatile boolean running;

    public Captures(ListenerDirectory directory, EventLog eventLog, LongSupplier epochNanos, CaptureMemory memory) {
        this.directory = directory;
        this.eventLog = eventLog;
        this.epochNanos = epochNanos;
        this.memory = memory;
        // Expired payload must not stay in memory, even if the listener receives nothing any more.
        worker.scheduleWithFixedDelay(this::sweep, SWEEP_INTERVAL_MILLIS, SWEEP_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        captures.removeIf(capture -> !capture.sweep());
        long share = memory.share(captures.size());
        captures.forEach(capture -> capture.shrinkTo(share));
    }

    public CaptureStatus status(String name) {
        Capture capture = of(directory.taps(name));
        return capture == null ? CaptureStatus.NONE : capture.status();
    }

    /** Starts a capture, or changes the settings of the existing one; messages that still fit are kept. */
    public CaptureStatus put(String name, CaptureSettings settings) {
        TapPoint taps = directory.taps(name);
        // The monitor that guards the tap point itself: look-up and change are one step.
        synchronized (taps) {
            Capture capture = of(taps);
            boolean wasEnabled = capture != null && capture.status().settings().enabled();
            if (capture == null) {
                capture = new Capture(nextId(), settings, memory, epochNanos, worker);
            } else {
                capture.change(settings);
            }
            // Before it is fitted: if that fails half way, the capture exists and must be swept.
            captures.add(capture);
            boolean attached = true;
            try {
                attached = taps.attach(capture, settings.enabled());
            } finally {
                // A blocked event loop only delays it.
                if (attached && settings.enabled() != wasEnabled) {
                    eventLog.record(name, settings.enabled() ? started(settings) : paused(capture.status()));
                }
            }
            if (!attached) {
                captures.remove(capture);
                throw new ListenerNotFoundException(name);
            }
            return capture.status();
        }
    }

    private static EventDetail started(CaptureSettings settings) {
        return new EventDetail.CaptureStarted(settings.maxMessages(), settings.maxBytesPerMessage(), settings.ttl());
    }

    private static EventDetail paused(CaptureStatus status) {
        return new EventDetail.CapturePaused(status.held());
    }

    /** Never the id of a capture of an earlier process: clients keep positions. */
    private long nextId() {
        return newestId.accumulateAndGet(System.currentTimeMillis(), (newest, now) -> Math.max(newest + 1, now));
    }

    /** Stops the capture and discards its messages. @return its last status */
    public CaptureStatus remove(String name) {
        TapPoint taps = directory.taps(name);
        synchronized (taps) {
            Capture capture = of(taps);
            if (capture == null) {
                return CaptureStatus.NONE;
            }
            CaptureStatus last = capture.status();
            try {
                taps.remove();
            } finally {
                eventLog.record(name, new EventDetail.CaptureStopped(last.held()));
            }
            return last;
        }
    }

    /** The messages after a position, oldest first; empty if there is no capture. */
    public CapturePage page(String name, CapturePosition after, int max) {
        Capture capture = of(directory.taps(name));
        return capture == null ? CapturePage.NONE : capture.page(after, max);
    }

    /**
     * The same, but waits if there is no message yet: until one is captured, the time has elapsed, the capture is paused or
     * removed, or the process shuts down.
     */
    public CompletableFuture<CapturePage> page(String name, CapturePosition after, int max, Duration wait) {
        Capture capture = of(directory.taps(name));
        if (capture == null) {
            return CompletableFuture.completedFuture(CapturePage.NONE);
        }
        CompletableFuture<Void> available = capture.available(after);
        if (!running || wait.isZero()) {
            available.complete(null);
        }
        return available
                .completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(nothing -> capture.page(after, max));
    }

    /** Everything held, for {@link dev.canyon.inspect.pcapng.PcapngWriter}. */
    public List<Captured> all(String name) {
        Capture capture = of(directory.taps(name));
        return capture == null ? List.of() : capture.all();
    }

    private static @Nullable Capture of(TapPoint taps) {
        return taps.attached() instanceof Capture capture ? capture : null;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Stops before the web server, which waits for requests in progress: those waiting for messages complete now. */
    @Override
    public void stop() {
        running = false;
        captures.forEach(Capture::wakeAll);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A context cached between tests keeps running. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
