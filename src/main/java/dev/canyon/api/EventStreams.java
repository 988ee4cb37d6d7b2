package dev.canyon.api;

import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.transport.LimitReachedException;
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
 * Those who read what happens as it happens. One thread writes to all of them, and never waits for one: what a connection does not
 * take stays where it comes from until it does, or until it is forgotten there.
 *
 * <pre>event loops --> journal --> wake --> this thread --> every stream whose connection takes something</pre>
 */
@Component
final class EventStreams implements SmartLifecycle {

    private static final String LIMIT = "event-streams";

    /** Higher stops earlier: after the listeners have drained, which is told, and before the web server waits for calls. */
    private static final int BETWEEN_THE_LISTENERS_AND_THE_WEB_SERVER = DEFAULT_PHASE - 768;

    /** At the end of the process: enough for all that may be held. */
    private static final int LAST_TURNS = 1_000;

    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final StreamSettings settings;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean woken;
    private volatile boolean running;
    private volatile @Nullable Thread writer;

    EventStreams(StreamSettings settings) {
        this.settings = settings;
    }

    /**
     * Answers a call with a stream.
     *
     * @param source what it tells; not asked for if there are too many streams
     * @throws LimitReachedException if there are
     * @throws RefusedException if the process is ending
     */
    synchronized void open(HttpServletRequest request, HttpServletResponse response, Supplier<StreamSource> source)
            throws IOException {
        if (!running) {
            throw new RefusedException(ProblemCode.SHUTTING_DOWN, "Canyon is ending: no stream begins any more");
        }
        if (open.size() >= settings.most()) {
            throw new LimitReachedException(
                    LIMIT, "there are " + settings.most() + " streams of events, and there may be no more: end some");
        }
        StreamSource told = source.get();
        try {
            open(request, response, told);
        } catch (IOException | RuntimeException ex) {
            told.close();
            throw ex;
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response, StreamSource source)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        // nginx would buffer it.
        response.setHeader("X-Accel-Buffering", "no");
        response.setBufferSize(EventStream.BUFFER_BYTES);
        Runnable hangUp = HangUp.of(request);
        AsyncContext call = request.startAsync();
        call.setTimeout(0);
        ServletOutputStream out = response.getOutputStream();
        EventStream stream = new EventStream(request.getRequestURI(), call, out, hangUp, source, this);
        call.addListener(stream);
        // Before Tomcat calls it, which wakes the writer.
        open.add(stream);
        try {
            out.setWriteListener(stream);
        } catch (RuntimeException ex) {
            open.remove(stream);
            throw ex;
        }
    }

    void forget(EventStream stream) {
        open.remove(stream);
    }

    /** Some source may have news. Costs next to nothing while nobody reads. */
    void wakeForNews() {
        if (!woken && !open.isEmpty()) {
            wake();
        }
    }

    /** There may be something to write. */
    void wake() {
        woken = true;
        LockSupport.unpark(writer);
    }

    private void writeAll() {
        while (running) {
            woken = false;
            boolean more = false;
            for (EventStream stream : open) {
                more |= stream.write(settings.heartbeat(), settings.patience());
            }
            if (!more && !woken) {
                LockSupport.parkNanos(this, nanosUntilTheNextLook());
            }
        }
    }

    /** A heartbeat may be late by a tenth. */
    private long nanosUntilTheNextLook() {
        long atLatest =
                open.isEmpty() ? LONG : settings.heartbeat().dividedBy(10).toNanos();
        return open.stream().mapToLong(EventStream::nanosUntilNews).reduce(atLatest, Math::min);
    }

    @Override
    public void start() {
        running = true;
        Thread thread = new Thread(this::writeAll, "canyon-event-streams");
        thread.setDaemon(true);
        writer = thread;
        thread.start();
    }

    /** Ends all of them, so that the web server does not wait for calls that would never end. */
    @Override
    public synchronized void stop() {
        running = false;
        wake();
        for (EventStream stream : open) {
            // What is told so far is still given to who takes it.
            int turns = 0;
            while (turns < LAST_TURNS && stream.write(settings.heartbeat(), settings.patience())) {
                turns++;
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
        return BETWEEN_THE_LISTENERS_AND_THE_WEB_SERVER;
    }

    /** A context that is cached between tests keeps its streams. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
