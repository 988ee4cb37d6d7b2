package dev.canyon.api.audit;

import dev.canyon.security.audit.AuditTrail;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Records requests in the audit trail, including rejected ones. {@link AuditResponseAdvice} has usually done so already; this filter
 * covers responses without a body and requests that failed earlier.
 */
final class AuditFilter extends OncePerRequestFilter {

    private final AuditTrail trail;

    AuditFilter(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<AuditedCall> call = AuditedCall.begin(request, trail);
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            if (call.isPresent() && !request.isAsyncStarted()) {
                call.get().end(status, null);
            }
        }
    }
}
