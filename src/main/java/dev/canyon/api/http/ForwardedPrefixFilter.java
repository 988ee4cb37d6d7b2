package dev.canyon.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes the path in {@code X-Forwarded-Prefix}, which a reverse proxy has removed from the request, the context path, so that
 * redirects and links have it. Tomcat evaluates the other forwarding headers, but not this one. The header is ignored unless
 * Tomcat trusts the proxy.
 */
public final class ForwardedPrefixFilter extends OncePerRequestFilter {

    private static final String HEADER = "X-Forwarded-Prefix";

    /** Set by Tomcat for requests of trusted proxies ({@code server.tomcat.remoteip}). */
    private static final String FORWARDED = "org.apache.tomcat.request.forwarded";

    /** Segments other than . and .., of characters that need no escaping in URLs and pages. */
    private static final Pattern PREFIX = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*/?");

    /** The wrapper of the request is also used when its processing continues asynchronously. */
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> prefix = Optional.ofNullable(request.getHeader(HEADER))
                .filter(header -> Boolean.TRUE.equals(request.getAttribute(FORWARDED)))
                .filter(header -> PREFIX.matcher(header).matches());
        chain.doFilter(prefix.isPresent() ? new Prefixed(request, prefix.get()) : request, response);
    }

    private static final class Prefixed extends HttpServletRequestWrapper {

        private final String prefix;

        Prefixed(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        }

        @Override
        public String getContextPath() {
            return prefix;
        }

        @Override
        public String getRequestURI() {
            return prefix
                    + super.getRequestURI().substring(super.getContextPath().length());
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            return url.replace(url.length() - super.getRequestURI().length(), url.length(), getRequestURI());
        }
    }
}
