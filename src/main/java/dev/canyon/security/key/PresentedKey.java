package dev.canyon.security.key;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** The key in the headers of a request: {@code Authorization: Bearer} (RFC 6750) or {@code X-API-Key}. */
public final class PresentedKey {

    private static final String BEARER = "Bearer ";

    private PresentedKey() {}

    public static Optional<String> in(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String key = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length())
                : request.getHeader("X-API-Key");
        return Optional.ofNullable(key).map(String::strip).filter(given -> !given.isEmpty());
    }
}
