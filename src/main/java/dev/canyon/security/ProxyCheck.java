package dev.canyon.security;

import dev.canyon.security.Refusals.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Where the API is open because only this machine reaches it, a proxy in front would let everybody in. The headers that a proxy
 * adds give it away.
 */
final class ProxyCheck extends OncePerRequestFilter {

    private final Refusals refusals;

    ProxyCheck(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Collections.list(request.getHeaderNames()).stream().noneMatch(ProxyCheck::isOfAProxy)) {
            chain.doFilter(request, response);
        } else {
            refusals.refuse(
                    request,
                    response,
                    Reason.FORBIDDEN,
                    "the request has come through a proxy, and this API is open to its own machine only: set"
                            + " canyon.security.mode=key, or server.forward-headers-strategy if everybody behind the"
                            + " proxy may do everything");
        }
    }

    private static boolean isOfAProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals("forwarded") || name.startsWith("x-forwarded-");
    }
}
