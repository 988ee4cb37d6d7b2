package dev.canyon.security.key;

import dev.canyon.security.audit.AuditEntry;
import dev.canyon.security.audit.AuditTrail;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Records sign-ins in the audit trail before delegating. Only browsers sign in; the requests of API clients, each with its key, are
 * recorded for what they do.
 */
public final class AuditingSuccessHandler implements AuthenticationSuccessHandler {

    private final AuditTrail trail;
    private final AuthenticationSuccessHandler delegate;

    public AuditingSuccessHandler(AuditTrail trail, AuthenticationSuccessHandler delegate) {
        this.trail = trail;
        this.delegate = delegate;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication caller)
            throws IOException, ServletException {
        trail.loginSucceeded(caller.getName(), AuditEntry.source(request), response.getHeader("X-Request-Id"));
        delegate.onAuthenticationSuccess(request, response, caller);
    }
}
