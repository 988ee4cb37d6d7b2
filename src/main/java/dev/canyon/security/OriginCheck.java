package dev.canyon.security;

import dev.canyon.security.Refusals.Reason;
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
 * Refuses changes that a web page of another origin asks a browser for. Where the API is open this is what keeps pages out.
 * Programs other than browsers send neither header.
 */
final class OriginCheck extends OncePerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    /** The page itself, or the user. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Refusals refusals;

    OriginCheck(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (READS.contains(request.getMethod()) || isOurs(request)) {
            chain.doFilter(request, response);
        } else {
            refusals.refuse(
                    request,
                    response,
                    Reason.CROSS_ORIGIN,
                    "a web page of another origin may not change anything here; the origin of this server is "
                            + ours(request)
                            + " (if a proxy in front speaks HTTPS or has another name, set"
                            + " server.forward-headers-strategy)");
        }
    }

    private static boolean isOurs(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            return origin.equalsIgnoreCase(ours(request));
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || OWN_SITES.contains(site);
    }

    private static String ours(HttpServletRequest request) {
        String scheme = request.getScheme();
        int usual = scheme.equals("https") ? 443 : 80;
        int port = request.getServerPort();
        return UriComponentsBuilder.newInstance()
                .scheme(scheme)
                .host(request.getServerName())
                .port(port == usual ? -1 : port)
                .build()
                .toUriString();
    }
}
