package dev.canyon.security;

import java.util.List;
import java.util.Locale;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may do. */
enum Role {
    /** Everything. */
    ADMIN,
    /** Read everything but captured traffic. */
    VIEWER;

    /** The name of the caller with this role's key. */
    String caller() {
        return name().toLowerCase(Locale.ROOT);
    }

    Authentication of(String caller) {
        return UsernamePasswordAuthenticationToken.authenticated(
                caller, null, List.of(new SimpleGrantedAuthority("ROLE_" + name())));
    }
}
