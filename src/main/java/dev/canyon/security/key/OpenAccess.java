package dev.canyon.security.key;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates every caller as an admin, where no key is required. */
public final class OpenAccess extends OncePerRequestFilter {

    /** The name of an unidentified caller. */
    public static final String ANYONE = "anyone";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityContextHolder.setContext(new SecurityContextImpl(Role.ADMIN.authentication(ANYONE)));
        chain.doFilter(request, response);
    }
}
