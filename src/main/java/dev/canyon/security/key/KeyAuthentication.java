package dev.canyon.security.key;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Authenticates a key from a header or from the sign-in page. */
public final class KeyAuthentication implements AuthenticationProvider {

    private static final Logger log = LoggerFactory.getLogger(KeyAuthentication.class);

    private final AccessKeys keys;
    private final KeyFailureLimit wrongKeys;

    public KeyAuthentication(AccessKeys keys, KeyFailureLimit wrongKeys) {
        this.keys = keys;
        this.wrongKeys = wrongKeys;
    }

    /**
     * @param presented has the key as its credentials and the caller's address in its details
     * @throws BadCredentialsException if the key is wrong
     * @throws LockedException if the source is locked out; the cause has the remaining time
     */
    @Override
    public Authentication authenticate(Authentication presented) {
        Object details = Objects.requireNonNull(presented.getDetails(), "details");
        String address = ((WebAuthenticationDetails) details).getRemoteAddress();
        String key = String.valueOf(presented.getCredentials());
        try {
            return wrongKeys
                    .check(RequestSource.of(address), () -> keys.roleOf(key))
                    .map(role -> role.authentication(role.caller()))
                    .orElseThrow(() -> wrong(address));
        } catch (KeyFailureLimit.TooManyFailuresException ex) {
            throw new LockedException(
                    "Too many wrong keys from this address: try again in " + ex.retryAfterSeconds() + " s", ex);
        }
    }

    private static BadCredentialsException wrong(String address) {
        log.warn("Wrong key from {}", address);
        return new BadCredentialsException("The key is not valid; it may have been replaced");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
