package dev.canyon.security.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** Sends the CSRF token as a cookie that scripts can read, to signed-in browsers only. */
public final class CsrfTokenCookie extends CsrfTokenRequestAttributeHandler {

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
        super.handle(request, response, token);
        if (request.getSession(false) != null) {
            // Reading the token sets the cookie if the request has none.
            token.get().getToken();
        }
    }

    /** Whether the request needs the token: changes within a session do. Signing in does not, because it replaces any session. */
    public static boolean isRequired(HttpServletRequest request) {
        boolean reads = switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
        return !reads
                && request.getSession(false) != null
                && !request.getServletPath().equals(SignInPage.PATH);
    }
}
