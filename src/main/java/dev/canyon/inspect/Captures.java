package dev.canyon.inspect;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerNotFoundException;
import dev.canyon.transport.TapPoint;
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
 * The captured messages of all listeners: in memory only, bounded for each listener by its settings and in all by {@link
 * CaptureMemory}. While one is on, its messages are events too. A capture hangs on its listener and goes with it; stopping
 * and starting the listener does not touch it.
 *
 * <p>May be used from any thread but an event loop. All calls throw {@link ListenerNotFoundException} if there is no such
 * listener.
 */
public final class Captures implements SmartLifecycle, AutoCloseable {

    private static final long SWEEP_EVERY_MILLIS = 1_000;

    private final ListenerDirectory directory;
    private final Journal journal;
    private final LongSupplier epochNanos;
    private final CaptureMemory memory;
    private final AtomicLong newestId = new AtomicLong();
    private final Set<Capture> captures = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService worker = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "canyon-capture");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    Captures(ListenerDirectory directory, Journal journal, LongSupplier epochNanos, CaptureMemory memory) {
        this.directory = directory;
        this.journal = journal;
        this.epochNanos = epochNanos;
        this.memory = memory;
        // Also of listeners to which nothing comes any more: a payload that nobody may read must not stay in memory.
        worker.scheduleWithFixedDelay(this::sweep, SWEEP_EVERY_MILLIS, SWEEP_EVERY_MILLIS, TimeUnit.MILLISECONDS);
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

    /** Begins a capture, or gives the one there is other settings; what is held stays as far as it fits. */
    public CaptureStatus put(String name, CaptureSettings settings) {
        TapPoint taps = directory.taps(name);
        synchronized (taps) {
            Capture capture = of(taps);
            if (capture == null) {
                capture = new Capture(nextId(), settings, memory, epochNanos, worker, journal.messages(name));
            } else {
                capture.change(settings);
            }
            // Before it is fitted: that may fail half way, and then the capture is there and must be swept.
            captures.add(capture);
            if (!taps.fit(capture, settings.enabled())) {
                captures.remove(capture);
                throw new ListenerNotFoundException(name);
            }
            return capture.status();
        }
    }

    /** Never that of a capture before this process: places are kept by clients. */
    private long nextId() {
        return newestId.accumulateAndGet(System.currentTimeMillis(), (newest, now) -> Math.max(newest + 1, now));
    }

    /** Ends the capture and forgets everything. @return the last that is to be known of it */
    public CaptureStatus remove(String name) {
        TapPoint taps = directory.taps(name);
        synchronized (taps) {
            CaptureStatus last = status(name);
            taps.remove();
            return last;
        }
    }

    /** What is held after a place, oldest first; nothing if there is no capture. */
    public CapturePage page(String name, CapturePosition after, int atMost) {
        Capture capture = of(directory.taps(name));
        return capture == null ? CapturePage.NONE : capture.page(after, atMost);
    }

    /**
     * The same, but if there is nothing as yet it waits for something to come: until the time is over, nothing can come
     * because the capture is paused or ends, or the process ends.
     */
    public CompletableFuture<CapturePage> page(String name, CapturePosition after, int atMost, Duration wait) {
        Capture capture = of(directory.taps(name));
        if (capture == null) {
            return CompletableFuture.completedFuture(CapturePage.NONE);
        }
        CompletableFuture<Void> something = capture.something(after);
        if (!running || wait.isZero()) {
            something.complete(null);
        }
        return something
                .completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(nothing -> capture.page(after, atMost));
    }

    /** Everything that is held, for {@link PcapngWriter}. */
    public List<Captured> all(String name) {
        Capture capture = of(directory.taps(name));
        return capture == null ? List.of() : capture.all();
    }

    private static @Nullable Capture of(TapPoint taps) {
        return taps.fitted() instanceof Capture capture ? capture : null;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for the calls that are under way: those that wait for messages are answered now. */
    @Override
    public void stop() {
        running = false;
        captures.forEach(Capture::wakeAll);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A context that is cached between tests goes on. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
