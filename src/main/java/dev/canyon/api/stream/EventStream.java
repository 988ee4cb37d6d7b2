package dev.canyon.api.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a {@link StreamSource} to one client. Writes only while the connection is ready, so no method blocks.
 *
 * <p>Tomcat reuses request and response objects once a request is completed. Therefore they are not used after {@code ended} is set,
 * and it is set before the request is completed: here, or in {@link #onError}, which Tomcat waits for.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** The size of Tomcat's response buffer and the maximum size of a write: a write never leaves a rest behind. */
    static final int BUFFER_BYTES = 32 * 1024;

    /** A comment, which clients ignore. */
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    /** Clients reconnect one second after a lost connection. */
    private static final byte[] PREAMBLE = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

    private final String path;
    private final AsyncContext request;
    private final ServletOutputStream out;
    private final Runnable abort;
    private final StreamSource source;
    private final EventStreams streams;
    private volatile boolean writable;
    private boolean preambleSent;
    private boolean unflushed;
    private boolean ended;
    /** The connection was not ready; Tomcat calls {@link #onWritePossible} when it is. */
    private boolean stalled;
    /** {@link System#nanoTime} of the last write. */
    private long lastWrite = System.nanoTime();

    /** @param path of the request, for the log */
    EventStream(
            String path,
            AsyncContext request,
            ServletOutputStream out,
            Runnable abort,
            StreamSource source,
            EventStreams streams) {
        this.path = path;
        this.request = request;
        this.out = out;
        this.abort = abort;
        this.source = source;
        this.streams = streams;
    }

    /** The connection is ready, for the first time or again. */
    @Override
    public void onWritePossible() {
        writable = true;
        streams.wake();
    }

    /**
     * Writes the next chunk if the connection is ready, or a heartbeat if it is due.
     *
     * @return whether there may be more to write immediately
     */
    synchronized boolean write(StreamSettings settings) {
        if (ended || !writable) {
            return false;
        }
        try {
            stalled = !out.isReady();
            if (stalled) {
                if (nanosSinceWrite() > settings.writeTimeout().toNanos()) {
                    end();
                }
                return false;
            }
            return writeNext(settings);
        } catch (IOException ex) {
            // The client is gone; Tomcat calls onError as well.
            release();
            return false;
        } catch (RuntimeException ex) {
            fail(ex);
            return false;
        }
    }

    private boolean writeNext(StreamSettings settings) throws IOException {
        if (unflushed) {
            unflushed = false;
            out.flush();
        } else if (!preambleSent) {
            preambleSent = true;
            send(PREAMBLE);
        } else if (source.hasPending()) {
            send(source.next());
        } else if (source.isExhausted()) {
            end();
            return false;
        } else if (nanosSinceWrite() > settings.heartbeat().toNanos()) {
            send(HEARTBEAT);
        } else {
            return false;
        }
        return true;
    }

    /** Nanoseconds until there may be something to write without a call of {@link EventStreams#wake}. */
    synchronized long nanosUntilPending() {
        return ended || !writable || stalled ? Long.MAX_VALUE : source.nanosUntilPending();
    }

    private void send(byte[] bytes) throws IOException {
        out.write(bytes);
        lastWrite = System.nanoTime();
        if (out.isReady()) {
            out.flush();
        } else {
            unflushed = true;
        }
    }

    private long nanosSinceWrite() {
        return System.nanoTime() - lastWrite;
    }

    /** Completes the response if the client accepts the end immediately, else aborts the connection. */
    synchronized void end() {
        if (ended) {
            return;
        }
        try {
            boolean completes = !writable || acceptsMore();
            release();
            if (completes) {
                request.complete();
            } else {
                abort.run();
            }
        } catch (RuntimeException ex) {
            fail(ex);
        }
    }

    /** An unexpected error ends only this stream: the same thread writes to all others. */
    private void fail(RuntimeException error) {
        log.error("Closing event stream {} after an error", path, error);
        release();
        try {
            abort.run();
        } catch (RuntimeException ex) {
            log.debug("Could not abort the connection of event stream {}", path, ex);
        }
    }

    /** {@code isReady} refers to Tomcat's buffer, not the socket: only another write shows whether the socket accepts data. */
    private boolean acceptsMore() {
        try {
            if (!out.isReady()) {
                return false;
            }
            out.write(HEARTBEAT);
            if (!out.isReady()) {
                return false;
            }
            out.flush();
            return out.isReady();
        } catch (IOException ex) {
            return false;
        }
    }

    private void release() {
        ended = true;
        streams.remove(this);
        source.close();
    }

    /** The connection failed or was aborted. */
    @Override
    public void onError(AsyncEvent event) {
        synchronized (this) {
            release();
        }
        request.complete();
    }

    @Override
    public void onError(Throwable failure) {
        // Handled in onError(AsyncEvent), which is called as well.
    }

    /** Called with a lock of Tomcat held: taking the lock of this object here could deadlock. */
    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
