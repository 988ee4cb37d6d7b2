package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens when accept(2) fails though there should be a descriptor for it: the listening socket rests for a second,
 * since the next try would fail at once and keep the event loop from everything else. The log gets one line a second,
 * however many listeners there are.
 */
final class AcceptFailures {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(AcceptFailures.class);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long failed;
    private @Nullable Long toldAt;

    /** On the socket's event loop. */
    void rest(Channel listening, Throwable cause) {
        if (listening.config().isAutoRead()) {
            listening.config().setAutoRead(false);
            listening
                    .eventLoop()
                    .schedule(() -> listening.config().setAutoRead(true), REST_NANOS, TimeUnit.NANOSECONDS);
        }
        tell(cause, System.nanoTime());
    }

    private synchronized void tell(Throwable cause, long now) {
        failed++;
        if (toldAt == null || now - toldAt >= REST_NANOS) {
            log.warn(
                    "Accept failed ({} times since the last such line) and is tried again in a second: {}",
                    failed,
                    cause.getMessage());
            failed = 0;
            toldAt = now;
        }
    }
}
