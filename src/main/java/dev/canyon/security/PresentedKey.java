package dev.canyon.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** The key in a request's headers: {@code Authorization: Bearer} or {@code X-API-Key}. */
final class PresentedKey {

    private static final String BEARER = "Bearer ";

    private PresentedKey() {}

    static Optional<String> in(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String key = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length())
                : request.getHeader("X-API-Key");
        return Optional.ofNullable(key).map(String::strip).filter(given -> !given.isEmpty());
    }
}
