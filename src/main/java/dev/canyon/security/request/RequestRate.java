package dev.canyon.security.request;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.canyon.security.access.RefusalWriter;
import dev.canyon.security.access.RefusalWriter.Reason;
import dev.canyon.security.key.OpenAccess;
import dev.canyon.security.key.RequestSource;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the request rate per key, and per source for requests without a key, with a token bucket that holds one second's worth
 * of requests. Thread-safe.
 */
final class RequestRate extends OncePerRequestFilter {

    private static final int MAX_CALLERS = 10_000;
    private static final Duration REFILL_TIME = Duration.ofSeconds(1);

    private final int perSecond;
    private final RefusalWriter refusals;
    private final TimeMeter clock;

    /** Created with the first request, so that loading the library does not delay the start. */
    private final SingletonSupplier<Cache<Object, Bucket>> buckets;

    /**
     * @param perSecond 1 or more: requests per second, and the size of a burst
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    RequestRate(int perSecond, RefusalWriter refusals, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.refusals = refusals;
        this.clock = new NanoClock(nanoTime);
        this.buckets = SingletonSupplier.of(() -> Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                // An unused bucket is full by then, so a new one makes no difference.
                .expireAfterAccess(REFILL_TIME.multipliedBy(2))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build());
    }

    private record NanoClock(LongSupplier nanoTime) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (bucket(request).tryConsume(1)) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            refusals.refuse(
                    request,
                    response,
                    Reason.TOO_MANY_REQUESTS,
                    "this key or source has exceeded " + perSecond
                            + " requests per second: slow down, or raise canyon.limits.requests-per-second");
        }
    }

    private Bucket bucket(HttpServletRequest request) {
        // Callers without a key all have the same name.
        Principal caller = request.getUserPrincipal();
        boolean withKey = caller != null && !caller.getName().equals(OpenAccess.ANYONE);
        return buckets.obtain()
                .get(withKey ? caller.getName() : RequestSource.of(request.getRemoteAddr()), first -> newBucket());
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, REFILL_TIME))
                .withCustomTimePrecision(clock)
                .build();
    }

    /** The number of callers whose rate is tracked: at most 10000. */
    long callers() {
        Cache<Object, Bucket> tracked = buckets.obtain();
        tracked.cleanUp();
        return tracked.estimatedSize();
    }
}
