package dev.canyon.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call the API.
 *
 * @param mode auto (a key is needed unless the API is on loopback), key (always) or open (never)
 * @param adminKey may do everything, 16 to 256 characters; left out where one is needed, Canyon makes one at its first start
 * @param viewerKey may read everything but captured traffic, 16 to 256 characters; left out, there is no viewer
 * @param allowedHosts names by which the API is called besides localhost and addresses, without port
 */
public record SecuritySettings(
        @DefaultValue("auto") Mode mode,
        @Nullable String adminKey,
        @Nullable String viewerKey,
        @DefaultValue List<String> allowedHosts) {

    /** When a key is needed. */
    public enum Mode {
        AUTO,
        KEY,
        OPEN
    }

    /** Without the keys: they must not get into a log. */
    @Override
    public String toString() {
        return "SecuritySettings[mode=" + mode + ", allowedHosts=" + allowedHosts + "]";
    }
}
