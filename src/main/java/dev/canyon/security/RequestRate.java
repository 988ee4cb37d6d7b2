package dev.canyon.security;

import dev.canyon.security.Refusals.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** So many requests a second for each key, and for each source of those without; as many may come at once. From any thread. */
final class RequestRate extends OncePerRequestFilter {

    private static final int MAX_CALLERS = 10_000;

    private final int perSecond;
    private final Refusals refusals;
    private final LongSupplier nanoTime;
    private final Map<Object, Bucket> buckets = new Recent<>(MAX_CALLERS);

    RequestRate(int perSecond, Refusals refusals, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.refusals = refusals;
        this.nanoTime = nanoTime;
    }

    /** A token bucket. */
    private static final class Bucket {
        private double tokens;
        private long filledAt;

        Bucket(int tokens, long filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Not the name of a caller without a key: all of them have the same.
        Principal caller = request.getUserPrincipal();
        boolean withKey = caller != null && !caller.getName().equals(OpenAccess.ANYONE);
        if (take(withKey ? caller.getName() : Source.of(request.getRemoteAddr()))) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            refusals.refuse(
                    request,
                    response,
                    Reason.TOO_MANY_REQUESTS,
                    "more than " + perSecond
                            + " requests a second have come with this key or from this source: slow down,"
                            + " or raise canyon.limits.requests-per-second");
        }
    }

    synchronized boolean take(Object caller) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(caller, first -> new Bucket(perSecond, now));
        double earned = (double) (now - bucket.filledAt) * perSecond / TimeUnit.SECONDS.toNanos(1);
        bucket.tokens = Math.min(perSecond, bucket.tokens + earned);
        bucket.filledAt = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }
}
