package dev.canyon.security.access;

import dev.canyon.security.access.RefusalWriter.Reason;
import dev.canyon.security.key.KeyFailureLimit;
import dev.canyon.security.key.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Responds to requests with no key, a wrong key, or a key without the required role. */
public final class AccessRefusals
        implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

    private final RefusalWriter refusals;

    public AccessRefusals(RefusalWriter refusals) {
        this.refusals = refusals;
    }

    /** No key. Browsers are redirected to the sign-in page, except from the API itself. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
            throws IOException {
        if (SignInPage.acceptsHtml(request) && !request.getServletPath().startsWith("/api/")) {
            response.sendRedirect(request.getContextPath() + SignInPage.PATH);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        refusals.refuse(
                request,
                response,
                Reason.UNAUTHENTICATED,
                "a key is required: send it as Authorization: Bearer <key> or X-API-Key: <key>, or sign in at "
                        + request.getContextPath()
                        + SignInPage.PATH);
    }

    /** A wrong key, or too many of them. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException ex) throws IOException {
        if (ex.getCause() instanceof KeyFailureLimit.TooManyFailuresException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.retryAfterSeconds()));
            refusals.refuse(request, response, Reason.TOO_MANY_REQUESTS, String.valueOf(ex.getMessage()));
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
            refusals.refuse(request, response, Reason.UNAUTHENTICATED, String.valueOf(ex.getMessage()));
        }
    }

    /** A correct key whose role does not permit the request, or a missing CSRF token. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex)
            throws IOException {
        refusals.refuse(request, response, Reason.FORBIDDEN, detail(request, ex));
    }

    private static String detail(HttpServletRequest request, AccessDeniedException ex) {
        if (ex instanceof CsrfException) {
            return "requests from a signed-in browser must send the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN";
        }
        return request.isUserInRole(Role.VIEWER.name())
                ? "the viewer key has read-only access, excluding captured traffic: use the admin key"
                : "this request is not permitted for any role";
    }
}
