package dev.canyon.security;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Finds out whose key it is, whether it comes in a header or from the sign-in page. */
final class KeyAuthentication implements AuthenticationProvider {

    private static final Logger log = LoggerFactory.getLogger(KeyAuthentication.class);

    private final AccessKeys keys;
    private final WrongKeys wrongKeys;

    KeyAuthentication(AccessKeys keys, WrongKeys wrongKeys) {
        this.keys = keys;
        this.wrongKeys = wrongKeys;
    }

    /**
     * @param presented the key is its credentials, its details tell the address it came from
     * @throws BadCredentialsException if it is nobody's
     * @throws LockedException if the source has tried too often; the cause tells for how long
     */
    @Override
    public Authentication authenticate(Authentication presented) {
        Object details = Objects.requireNonNull(presented.getDetails(), "details");
        String address = ((WebAuthenticationDetails) details).getRemoteAddress();
        String key = String.valueOf(presented.getCredentials());
        try {
            return wrongKeys
                    .look(Source.of(address), () -> keys.roleOf(key))
                    .map(role -> role.of(role.caller()))
                    .orElseThrow(() -> wrong(address));
        } catch (WrongKeys.TooManyException ex) {
            throw new LockedException(
                    "Too many wrong keys have come from here: wait " + ex.secondsLeft()
                            + " s, then try again with a right one",
                    ex);
        }
    }

    private static BadCredentialsException wrong(String address) {
        log.warn("A wrong key came from {}", address);
        return new BadCredentialsException("The key is not one of Canyon's: it may have been replaced");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
