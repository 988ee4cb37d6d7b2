package dev.canyon.security;

import dev.canyon.security.Refusals.Reason;
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

/** Answers those who have no key, a wrong one, or not the one that it takes. */
final class AccessRefusals implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

    private final Refusals refusals;

    AccessRefusals(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Without a key. A person with a browser is sent to the sign-in page; the API itself answers everybody alike. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
            throws IOException {
        if (SignInPage.isWantedBy(request) && !request.getServletPath().startsWith("/api/")) {
            response.sendRedirect(request.getContextPath() + SignInPage.PATH);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        refusals.refuse(
                request,
                response,
                Reason.UNAUTHENTICATED,
                "a key is needed: send it as Authorization: Bearer <key> or X-API-Key: <key>, or sign in at "
                        + SignInPage.PATH);
    }

    /** With a wrong key, or too many of them. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException ex) throws IOException {
        if (ex.getCause() instanceof WrongKeys.TooManyException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.secondsLeft()));
            refusals.refuse(request, response, Reason.TOO_MANY_REQUESTS, String.valueOf(ex.getMessage()));
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
            refusals.refuse(request, response, Reason.UNAUTHENTICATED, String.valueOf(ex.getMessage()));
        }
    }

    /** With a right key that is not enough. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex)
            throws IOException {
        refusals.refuse(request, response, Reason.FORBIDDEN, why(request, ex));
    }

    private static String why(HttpServletRequest request, AccessDeniedException ex) {
        if (ex instanceof CsrfException) {
            return "a browser that is signed in has to repeat the cookie XSRF-TOKEN in the header X-XSRF-TOKEN";
        }
        return request.isUserInRole(Role.VIEWER.name())
                ? "a viewer may read everything but captured traffic, and change nothing: this takes the admin key"
                : "nobody may do this here";
    }
}
