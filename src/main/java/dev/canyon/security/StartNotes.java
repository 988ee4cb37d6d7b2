package dev.canyon.security;

import dev.canyon.settings.SecuritySettings;
import dev.canyon.settings.SecuritySettings.Mode;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator is told at start about who can get in. */
final class StartNotes {

    private static final Logger log = LoggerFactory.getLogger(StartNotes.class);

    private StartNotes() {}

    /** The only time that the key can be seen. */
    static void showOnce(String key, Path file) {
        // One message for each line: a message is one line of the log.
        """
        The API needs a key now. This admin key has been made for it, and is shown only this once:

            %s

        Programs send it:    curl -H 'Authorization: Bearer %s' http://.../api/v1/listeners
        Browsers sign in:    http://.../login
        Only its hash is kept, in %s. For a new key delete that file and start again; for one of your own set\
         canyon.security.admin-key.""".formatted(key, key, file).lines().forEach(log::warn);
    }

    static void warn(Exposure exposure, SecuritySettings settings) {
        if (settings.mode() == Mode.OPEN && exposure.beyondLoopback()) {
            log.warn(
                    "canyon.security.mode is open, and other machines can reach the API: everybody there may open ports, send"
                            + " traffic and read what is captured. Set canyon.security.mode=auto, or server.address=127.0.0.1.");
        } else if (settings.mode() == Mode.OPEN) {
            log.warn("canyon.security.mode is open: whoever reaches the API may do everything, without a key.");
        }
        if (exposure.beyondLoopback() && !exposure.encrypted()) {
            log.warn(
                    "Other machines can reach the API, and it does not speak HTTPS: keys and captured traffic can be read on"
                            + " the way. Set server.ssl.bundle, or put a proxy that speaks HTTPS in front.");
        }
        if (exposure.open() && (settings.adminKey() != null || settings.viewerKey() != null)) {
            log.warn("A key is configured, but none is asked for, because the API is on loopback or"
                    + " canyon.security.mode is open. Set canyon.security.mode=key to ask for it.");
        }
    }
}
