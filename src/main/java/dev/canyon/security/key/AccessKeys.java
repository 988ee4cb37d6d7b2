package dev.canyon.security.key;

import dev.canyon.settings.InvalidPropertyException;
import dev.canyon.settings.SecuritySettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The keys that grant access to the API. Holds only their hashes. */
public final class AccessKeys {

    private static final String ADMIN_KEY = "canyon.security.admin-key";
    private static final String VIEWER_KEY = "canyon.security.viewer-key";
    private static final int MIN_LENGTH = 16;
    private static final int MAX_LENGTH = 256;

    private final Map<Role, KeyHash> hashes;

    private AccessKeys(Map<Role, KeyHash> hashes) {
        this.hashes = hashes;
    }

    /** No key grants access. */
    public static AccessKeys none() {
        return new AccessKeys(Map.of());
    }

    /**
     * The configured keys.
     *
     * @param adminKey supplies the hash of the admin key if none is configured
     * @throws InvalidPropertyException if a key is too weak or cannot be sent in a header; the message does not contain it
     */
    public static AccessKeys of(SecuritySettings settings, Supplier<KeyHash> adminKey) {
        @Nullable String admin = settings.adminKey();
        @Nullable String viewer = settings.viewerKey();
        if (viewer != null && viewer.equals(admin)) {
            throw new InvalidPropertyException(
                    VIEWER_KEY, "is the same as " + ADMIN_KEY + ", which would give viewers full access");
        }
        KeyHash adminHash = admin == null ? adminKey.get() : hash(ADMIN_KEY, admin);
        return new AccessKeys(
                viewer == null
                        ? Map.of(Role.ADMIN, adminHash)
                        : Map.of(Role.ADMIN, adminHash, Role.VIEWER, hash(VIEWER_KEY, viewer)));
    }

    private static KeyHash hash(String property, String key) {
        if (key.length() < MIN_LENGTH || key.length() > MAX_LENGTH) {
            throw new InvalidPropertyException(
                    property,
                    "has " + key.length() + " characters (expected: " + MIN_LENGTH + " to " + MAX_LENGTH
                            + "; openssl rand -base64 24 generates one)");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidPropertyException(
                    property,
                    "has characters that are not allowed in a header (expected: printable ASCII without spaces)");
        }
        return KeyHash.of(key);
    }

    /** The role that a key grants. Compares with all keys, so that the time does not depend on which one matches. */
    Optional<Role> roleOf(String key) {
        KeyHash presented = KeyHash.of(key);
        @Nullable Role found = null;
        for (Map.Entry<Role, KeyHash> entry : hashes.entrySet()) {
            if (entry.getValue().matches(presented)) {
                found = entry.getKey();
            }
        }
        return Optional.ofNullable(found);
    }
}
