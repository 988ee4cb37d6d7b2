package dev.canyon.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader of source. It is written to only when its connection takes something, so no call here waits for it.
 *
 * <p>Tomcat recycles request and response objects when a call is over. So nothing of it is touched once {@code ended}, which is set
 * before: by us, who end it, or in {@link #onError}, for which Tomcat waits.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** No more is written at once, so that nothing is left behind in Tomcat's buffer. */
    static final int BUFFER_BYTES = 32 * 1024;

    /** A comment, which readers pass over. */
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    /** A reader that loses the connection asks again after a second. */
    private static final byte[] BEGIN = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

    private final String path;
    private final AsyncContext call;
    private final ServletOutputStream out;
    private final Runnable hangUp;
    private final StreamSource source;
    private final EventStreams all;
    private volatile boolean begun;
    private boolean greeted;
    private boolean unflushed;
    private boolean ended;
    /** Tomcat says when it takes something again. */
    private boolean stalled;
    /** When it last took something, as {@link System#nanoTime}. */
    private long active = System.nanoTime();

    /** @param path of the call, for the log */
    EventStream(
            String path,
            AsyncContext call,
            ServletOutputStream out,
            Runnable hangUp,
            StreamSource source,
            EventStreams all) {
        this.path = path;
        this.call = call;
        this.out = out;
        this.hangUp = hangUp;
        this.source = source;
        this.all = all;
    }

    /** Tomcat: the connection takes something, for the first time or again. */
    @Override
    public void onWritePossible() {
        begun = true;
        all.wake();
    }

    /**
     * Writes what there is, if the connection takes it, and a heartbeat after long silence.
     *
     * @return whether it would take more at once
     */
    synchronized boolean write(Duration heartbeat, Duration patience) {
        if (ended || !begun) {
            return false;
        }
        try {
            stalled = !out.isReady();
            if (stalled) {
                if (silence() > patience.toNanos()) {
                    end();
                }
                return false;
            }
            return writeNow(heartbeat);
        } catch (IOException ex) {
            // The reader is gone. Tomcat has noticed too, and calls onError.
            leave();
            return false;
        } catch (RuntimeException ex) {
            giveUp(ex);
            return false;
        }
    }

    private boolean writeNow(Duration heartbeat) throws IOException {
        if (unflushed) {
            unflushed = false;
            out.flush();
        } else if (!greeted) {
            greeted = true;
            send(BEGIN);
        } else if (source.hasNews()) {
            send(source.next());
        } else if (source.isOver()) {
            end();
            return false;
        } else if (silence() > heartbeat.toNanos()) {
            send(HEARTBEAT);
        } else {
            return false;
        }
        return true;
    }

    /** In so many nanoseconds there may be something to write without anybody waking the writer. */
    synchronized long nanosUntilNews() {
        return ended || !begun || stalled ? Long.MAX_VALUE : source.nanosUntilNews();
    }

    private void send(byte[] bytes) throws IOException {
        out.write(bytes);
        active = System.nanoTime();
        if (out.isReady()) {
            out.flush();
        } else {
            unflushed = true;
        }
    }

    private long silence() {
        return System.nanoTime() - active;
    }

    /** Ends it properly if the reader takes that at once, else hangs up. */
    synchronized void end() {
        if (ended) {
            return;
        }
        try {
            boolean takesTheEnd = !begun || takesMore();
            leave();
            if (takesTheEnd) {
                call.complete();
            } else {
                hangUp.run();
            }
        } catch (RuntimeException ex) {
            giveUp(ex);
        }
    }

    /** A mistake, ours or the container's, ends this stream and no other: one thread writes to all. */
    private void giveUp(RuntimeException mistake) {
        log.error("The event stream of {} could not go on and is hung up", path, mistake);
        leave();
        try {
            hangUp.run();
        } catch (RuntimeException ex) {
            log.debug("The event stream of {} could not be hung up", path, ex);
        }
    }

    /** isReady() says that our buffer is empty, not that the kernel has room; so one more comment is written to find out. */
    private boolean takesMore() {
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

    private void leave() {
        ended = true;
        all.forget(this);
        source.close();
    }

    /** The connection broke, or was hung up. */
    @Override
    public void onError(AsyncEvent event) {
        synchronized (this) {
            leave();
        }
        call.complete();
    }

    @Override
    public void onError(Throwable broken) {
        // The other onError comes too.
    }

    /** Comes under a lock of Tomcat's that we may be waiting for with our own: must not ask for ours. */
    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
