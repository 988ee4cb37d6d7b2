package dev.canyon.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** Gives the token against forged requests to browsers that are signed in, as a cookie for their scripts; to nobody else. */
final class TokensOfSessions extends CsrfTokenRequestAttributeHandler {

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
        super.handle(request, response, token);
        if (request.getSession(false) != null) {
            // Whoever reads the token causes the cookie to be set if it is not there.
            token.get().getToken();
        }
    }

    /** Changes with the cookie of a session need it; signing in does not, as there is no session yet or it is given up. */
    static boolean areNeeded(HttpServletRequest request) {
        boolean reads = switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
        return !reads
                && request.getSession(false) != null
                && !request.getServletPath().equals(SignInPage.PATH);
    }
}
