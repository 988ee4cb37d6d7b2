package dev.canyon.listener;

import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.Protocol;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What somebody wants a listener to be. It cannot be wrong: a value out of range is refused here.
 *
 * @param name the id: a DNS label (RFC 1123), 1 to 63 of a-z, 0-9 and -, neither first nor last a hyphen
 * @param enabled whether it shall be open, now and after every restart
 * @param description up to {@value #MAX_DESCRIPTION_LENGTH} characters for people
 * @param labels up to {@value #MAX_LABELS} pairs to select listeners by
 * @param drainTimeout 0 to 10 minutes: how long open connections may go on when it stops
 */
public record ListenerDefinition(
        String name,
        EndpointSpec endpoint,
        boolean enabled,
        String description,
        Map<String, String> labels,
        Duration drainTimeout) {

    public static final String NAME_PATTERN = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    public static final String LABEL_KEY_PATTERN = "[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?";
    public static final int MAX_DESCRIPTION_LENGTH = 1000;
    public static final int MAX_LABELS = 64;
    public static final int MAX_LABEL_VALUE_LENGTH = 256;
    public static final long MAX_DRAIN_TIMEOUT_MS = 600_000;
    public static final long DEFAULT_DRAIN_TIMEOUT_MS = 5_000;

    static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofMillis(DEFAULT_DRAIN_TIMEOUT_MS);

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);
    private static final Pattern LABEL_KEY = Pattern.compile(LABEL_KEY_PATTERN);

    public ListenerDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: '" + name + "' (expected: 1 to 63 of a-z, 0-9 and -, a letter or digit first and last)");
        }
        if (description.length() > MAX_DESCRIPTION_LENGTH) {
            throw new IllegalArgumentException("description: " + description.length() + " characters (expected: up to "
                    + MAX_DESCRIPTION_LENGTH + ")");
        }
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException("labels: " + labels.size() + " (expected: up to " + MAX_LABELS + ")");
        }
        labels.forEach((key, value) -> {
            if (!LABEL_KEY.matcher(key).matches() || value.length() > MAX_LABEL_VALUE_LENGTH) {
                throw new IllegalArgumentException("labels: '" + key + "' (expected: a key of up to 63 letters, digits,"
                        + " '.', '_', '/' and '-', and a value of up to " + MAX_LABEL_VALUE_LENGTH + " characters)");
            }
        });
        long drainMillis = drainTimeout.toMillis();
        if (drainMillis < 0 || drainMillis > MAX_DRAIN_TIMEOUT_MS) {
            throw new IllegalArgumentException(
                    "drainTimeoutMs: " + drainMillis + " (expected: 0 to " + MAX_DRAIN_TIMEOUT_MS + ")");
        }
        // Sorted, so that a definition looks the same wherever it is shown.
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    public Protocol protocol() {
        return endpoint.protocol();
    }

    ListenerDefinition enabled(boolean changed) {
        return new ListenerDefinition(name, endpoint, changed, description, labels, drainTimeout);
    }
}
