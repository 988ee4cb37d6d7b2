package dev.canyon.engine.kernel;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Logs failures of accept(2), at most one line a second for all listeners together. May be used from any thread. */
public final class AcceptFailures {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(AcceptFailures.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long failed;
    private @Nullable Long loggedAt;

    /** An attempt to accept a client has failed; the next one is in one second. */
    public synchronized void failed(Throwable cause) {
        long now = System.nanoTime();
        failed++;
        if (loggedAt == null || now - loggedAt >= INTERVAL_NANOS) {
            log.warn(
                    "Accept failed ({} failures since the last message); retrying in one second: {}",
                    failed,
                    cause.getMessage());
            failed = 0;
            loggedAt = now;
        }
    }
}
