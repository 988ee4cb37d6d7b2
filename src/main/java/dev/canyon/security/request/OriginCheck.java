package dev.canyon.security.request;

import dev.canyon.security.access.RefusalWriter;
import dev.canyon.security.access.RefusalWriter.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Rejects changes that a browser requests on behalf of a web page from another origin. If the API is open, this is the only
 * protection against such pages. Programs other than browsers send neither header.
 */
final class OriginCheck extends OncePerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    /** Requests by a page of this server, or by the user. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final RefusalWriter refusals;

    OriginCheck(RefusalWriter refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (READS.contains(request.getMethod()) || isSameOrigin(request)) {
            chain.doFilter(request, response);
        } else {
            refusals.refuse(
                    request,
                    response,
                    Reason.CROSS_ORIGIN,
                    "cross-origin changes are not allowed; the origin of this server is "
                            + ownOrigin(request)
                            + " (behind a reverse proxy with HTTPS or another name, set"
                            + " server.forward-headers-strategy)");
        }
    }

    private static boolean isSameOrigin(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            return origin.equalsIgnoreCase(ownOrigin(request));
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || OWN_SITES.contains(site);
    }

    private static String ownOrigin(HttpServletRequest request) {
        String scheme = request.getScheme();
        int defaultPort = scheme.equals("https") ? 443 : 80;
        int port = request.getServerPort();
        return UriComponentsBuilder.newInstance()
                .scheme(scheme)
                .host(request.getServerName())
                .port(port == defaultPort ? -1 : port)
                .build()
                .toUriString();
    }
}
