package dev.canyon.security;

import dev.canyon.security.request.Exposure;
import dev.canyon.settings.SecuritySettings;
import dev.canyon.settings.SecuritySettings.Mode;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log messages at startup that state who can access the API. */
final class StartupAccessLog {

    private static final Logger log = LoggerFactory.getLogger(StartupAccessLog.class);

    private StartupAccessLog() {}

    /** The only time that the key is visible. */
    static void printNewKey(String key, Path file) {
        // One message per line, because control characters within a message are escaped.
        """
        The API requires a key. This admin key has been generated and is printed only once:

            %s

        For programs:    curl -H 'Authorization: Bearer %s' http://.../api/v1/listeners
        For browsers:    http://.../login
        Only its hash is stored, in %s. To replace the key, delete that file and restart; to choose your own, set\
         canyon.security.admin-key.""".formatted(key, key, file).lines().forEach(log::warn);
    }

    static void warn(Exposure exposure, SecuritySettings settings) {
        if (settings.mode() == Mode.OPEN && exposure.beyondLoopback()) {
            log.warn(
                    "canyon.security.mode is open and other hosts can reach the API: anyone who can reach it can open ports, send traffic"
                            + " and read captured payloads. Set canyon.security.mode=auto or server.address=127.0.0.1.");
        } else if (settings.mode() == Mode.OPEN) {
            log.warn("canyon.security.mode is open: anyone who can reach the API has full access without a key.");
        }
        if (exposure.beyondLoopback() && !exposure.encrypted()) {
            log.warn(
                    "Other hosts can reach the API, and it does not use HTTPS: keys and captured payloads are sent in clear text."
                            + " Set server.ssl.bundle, or use a reverse proxy that terminates HTTPS.");
        }
        if (exposure.open() && (settings.adminKey() != null || settings.viewerKey() != null)) {
            log.warn("A key is configured but not required, because the API is bound to loopback or"
                    + " canyon.security.mode is open. Set canyon.security.mode=key to require it.");
        }
    }
}
