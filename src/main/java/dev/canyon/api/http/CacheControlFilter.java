package dev.canyon.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets {@code Cache-Control: no-store} and ignores conditional reads: an ETag names the version of a definition, but a view also
 * contains counters, so 304 would be wrong.
 */
public final class CacheControlFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        chain.doFilter(SAFE_METHODS.contains(request.getMethod()) ? new Unconditional(request) : request, response);
    }

    /** Hides the conditional headers of a request. */
    private static final class Unconditional extends HttpServletRequestWrapper {

        private static final Set<String> CONDITIONS = conditions();

        Unconditional(HttpServletRequest request) {
            super(request);
        }

        private static Set<String> conditions() {
            Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            names.add(HttpHeaders.IF_NONE_MATCH);
            names.add(HttpHeaders.IF_MODIFIED_SINCE);
            return names;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return CONDITIONS.contains(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return CONDITIONS.contains(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public long getDateHeader(String name) {
            return CONDITIONS.contains(name) ? -1 : super.getDateHeader(name);
        }
    }
}
