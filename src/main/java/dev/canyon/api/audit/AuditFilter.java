package dev.canyon.api.audit;

import dev.canyon.security.AuditTrail;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts calls on record, those that are refused too. {@link AuditedAnswers} has usually done so by the time the call is back
 * here; what has no body to write, or failed before, is left to this.
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
