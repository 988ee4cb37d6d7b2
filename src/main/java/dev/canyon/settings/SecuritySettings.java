package dev.canyon.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Access to the API.
 *
 * @param mode whether a key is required: auto (unless the API is bound to loopback), key (always) or open (never)
 * @param adminKey key with full access, 16 to 256 characters; if required and absent, one is generated at the first startup
 * @param viewerKey key with read access to everything except captured traffic, 16 to 256 characters; absent, there is no viewer
 * @param allowedHosts host names of the API besides localhost and IP addresses, without port
 */
public record SecuritySettings(
        @DefaultValue("auto") Mode mode,
        @Nullable String adminKey,
        @Nullable String viewerKey,
        @DefaultValue List<String> allowedHosts) {

    /** When a key is required. */
    public enum Mode {
        AUTO,
        KEY,
        OPEN
    }

    /** Omits the keys, which must not be logged. */
    @Override
    public String toString() {
        return "SecuritySettings[mode=" + mode + ", allowedHosts=" + allowedHosts + "]";
    }
}
