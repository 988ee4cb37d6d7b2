package dev.canyon.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets everybody do everything, for where no key is needed. */
final class OpenAccess extends OncePerRequestFilter {

    /** The name of a caller of whom nothing is known. */
    static final String ANYONE = "anyone";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityContextHolder.setContext(new SecurityContextImpl(Role.ADMIN.of(ANYONE)));
        chain.doFilter(request, response);
    }
}
