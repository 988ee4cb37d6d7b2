package dev.canyon.security.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets security headers: pages may use resources of this origin only, and responses are not cached unless a controller
 * decides otherwise. There are no CORS headers.
 */
final class ResponseHeaders extends OncePerRequestFilter {

    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    /** Swagger UI uses inline styles, and images in data URLs. */
    private static final String SWAGGER_UI_POLICY = POLICY + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        write(request, response);
        chain.doFilter(request, response);
    }

    static void write(HttpServletRequest request, HttpServletResponse response) {
        boolean swaggerUi = request.getRequestURI().startsWith(request.getContextPath() + "/swagger-ui/");
        response.setHeader("Content-Security-Policy", swaggerUi ? SWAGGER_UI_POLICY : POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        // With no-referrer, browsers would send "Origin: null" for forms, which OriginCheck rejects.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
