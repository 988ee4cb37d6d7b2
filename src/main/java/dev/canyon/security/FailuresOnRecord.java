package dev.canyon.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Puts wrong keys on record before they are answered. Those of a source that is shut out are not looked at, and not on record:
 * else anyone could fill the trail until what matters is rotated away.
 */
final class FailuresOnRecord implements AuthenticationFailureHandler {

    private final AuditTrail trail;
    private final AuthenticationFailureHandler answers;

    FailuresOnRecord(AuditTrail trail, AuthenticationFailureHandler answers) {
        this.trail = trail;
        this.answers = answers;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
            throws IOException, ServletException {
        if (!(ex.getCause() instanceof WrongKeys.TooManyException)) {
            trail.loginFailed(AuditEntry.source(request), response.getHeader("X-Request-Id"));
        }
        answers.onAuthenticationFailure(request, response, ex);
    }
}
