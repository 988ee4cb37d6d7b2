package dev.canyon.security.request;

import dev.canyon.security.access.RefusalWriter;
import dev.canyon.security.access.RefusalWriter.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects requests that carry forwarding headers while the API is open because it is bound to loopback: a reverse proxy on the
 * same host would give everyone access.
 */
final class ProxyCheck extends OncePerRequestFilter {

    private final RefusalWriter refusals;

    ProxyCheck(RefusalWriter refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Collections.list(request.getHeaderNames()).stream().noneMatch(ProxyCheck::isForwardingHeader)) {
            chain.doFilter(request, response);
        } else {
            refusals.refuse(
                    request,
                    response,
                    Reason.FORBIDDEN,
                    "the request was forwarded by a proxy, but without a key this API accepts only requests from its own host: set"
                            + " canyon.security.mode=key, or server.forward-headers-strategy if everyone behind the"
                            + " proxy may have full access");
        }
    }

    private static boolean isForwardingHeader(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals("forwarded") || name.startsWith("x-forwarded-");
    }
}
