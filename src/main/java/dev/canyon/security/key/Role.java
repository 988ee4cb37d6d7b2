package dev.canyon.security.key;

import dev.canyon.net.WireName;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** The permissions of a caller. */
public enum Role {
    /** Full access. */
    ADMIN,
    /** Read access to everything except captured traffic. */
    VIEWER;

    /**
     * The role of the caller of a request.
     *
     * @throws IllegalStateException if the caller is not authenticated
     */
    public static Role of(HttpServletRequest request) {
        return Arrays.stream(values())
                .filter(role -> request.isUserInRole(role.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the caller is not authenticated"));
    }

    /** The name of the caller with this role's key. */
    String caller() {
        return WireName.of(this);
    }

    /** An authentication with this role. */
    public Authentication authentication(String caller) {
        return UsernamePasswordAuthenticationToken.authenticated(
                caller, null, List.of(new SimpleGrantedAuthority("ROLE_" + name())));
    }
}
