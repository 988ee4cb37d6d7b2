package dev.canyon.api.stream;

import dev.canyon.api.http.ConnectionAbort;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.thread.DaemonThreads;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * All open event streams. One thread writes to them and never blocks: what a connection does not accept stays in its source,
 * which is bounded.
 *
 * <pre>event loops --> event log --> signal --> writer thread --> every stream whose connection is ready</pre>
 */
@Component
public final class EventStreams implements SmartLifecycle {

    private static final String LIMIT = "event-streams";

    /** Higher phases stop earlier: stops after the listeners have drained, which are events, and before the web server. */
    private static final int PHASE = DEFAULT_PHASE - 768;

    /** Writes per stream during shutdown: enough for everything that a source may hold. */
    private static final int MAX_FINAL_WRITES = 1_000;

    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final StreamSettings settings;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean signalled;
    private volatile boolean running;
    private volatile @Nullable Thread writer;

    public EventStreams(StreamSettings settings) {
        this.settings = settings;
    }

    /**
     * Responds to a request with a stream.
     *
     * @param source opens the source; not called if there are too many streams
     * @throws LimitReachedException if there are too many streams
     * @throws RefusedException during shutdown
     */
    public synchronized void open(
            HttpServletRequest request, HttpServletResponse response, Supplier<StreamSource> source)
            throws IOException {
        if (!running) {
            throw new RefusedException(
                    ProblemCode.SHUTTING_DOWN, "Canyon is shutting down: no new streams are accepted");
        }
        if (open.size() >= settings.maxStreams()) {
            throw new LimitReachedException(
                    LIMIT,
                    "the maximum of " + settings.maxStreams()
                            + " open event streams has been reached: close one and retry");
        }
        StreamSource opened = source.get();
        try {
            open(request, response, opened);
        } catch (IOException | RuntimeException ex) {
            opened.close();
            throw ex;
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response, StreamSource source)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        // Disables response buffering in nginx.
        response.setHeader("X-Accel-Buffering", "no");
        response.setBufferSize(EventStream.BUFFER_BYTES);
        Runnable abort = ConnectionAbort.of(request);
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        ServletOutputStream out = response.getOutputStream();
        EventStream stream = new EventStream(request.getRequestURI(), async, out, abort, source, this);
        async.addListener(stream);
        // Before Tomcat calls onWritePossible, which wakes the writer.
        open.add(stream);
        try {
            out.setWriteListener(stream);
        } catch (RuntimeException ex) {
            open.remove(stream);
            throw ex;
        }
    }

    void remove(EventStream stream) {
        open.remove(stream);
    }

    /** Some source may have something pending. Cheap while no stream is open. */
    public void signal() {
        if (!signalled && !open.isEmpty()) {
            wake();
        }
    }

    /** Some stream may have something to write. */
    void wake() {
        signalled = true;
        LockSupport.unpark(writer);
    }

    private void writeAll() {
        while (running) {
            signalled = false;
            boolean more = false;
            for (EventStream stream : open) {
                more |= stream.write(settings);
            }
            if (!more && !signalled) {
                LockSupport.parkNanos(this, nanosUntilNextCheck());
            }
        }
    }

    /** A heartbeat may be up to a tenth of its interval late. */
    private long nanosUntilNextCheck() {
        long max =
                open.isEmpty() ? IDLE_NANOS : settings.heartbeat().dividedBy(10).toNanos();
        return open.stream().mapToLong(EventStream::nanosUntilPending).reduce(max, Math::min);
    }

    @Override
    public void start() {
        running = true;
        Thread thread = DaemonThreads.create("canyon-event-streams", this::writeAll);
        writer = thread;
        thread.start();
    }

    /** Ends all streams: the web server would wait for their requests. */
    @Override
    public synchronized void stop() {
        running = false;
        wake();
        for (EventStream stream : open) {
            // Clients that read receive everything recorded so far.
            int writes = 0;
            while (writes < MAX_FINAL_WRITES && stream.write(settings)) {
                writes++;
            }
            stream.end();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** A context cached between tests keeps its streams. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
