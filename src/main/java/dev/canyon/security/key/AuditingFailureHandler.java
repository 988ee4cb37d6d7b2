package dev.canyon.security.key;

import dev.canyon.security.audit.AuditEntry;
import dev.canyon.security.audit.AuditTrail;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Records wrong keys in the audit trail before delegating. Keys from a source that is locked out are not recorded; otherwise
 * anyone could fill the trail until relevant entries are rotated away.
 */
public final class AuditingFailureHandler implements AuthenticationFailureHandler {

    private final AuditTrail trail;
    private final AuthenticationFailureHandler delegate;

    public AuditingFailureHandler(AuditTrail trail, AuthenticationFailureHandler delegate) {
        this.trail = trail;
        this.delegate = delegate;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
            throws IOException, ServletException {
        if (!(ex.getCause() instanceof KeyFailureLimit.TooManyFailuresException)) {
            trail.loginFailed(AuditEntry.source(request), response.getHeader("X-Request-Id"));
        }
        delegate.onAuthenticationFailure(request, response, ex);
    }
}
