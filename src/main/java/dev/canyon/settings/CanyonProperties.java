package dev.canyon.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Canyon is set up.
 *
 * @param transport how sockets are reached: auto (epoll where it loads, else NIO), epoll, io-uring or nio
 * @param dataDir where definitions are kept; made if it is not there. Not used with PostgreSQL
 * @param defaultHost where a listener listens that names no host
 * @param defaultListeners whether {@code echo-tcp} and {@code echo-udp} are declared when nothing else is
 * @param listeners listeners that are declared here: opened at start, and changed only here
 * @param limits what one process will take on
 * @param targets where test messages may go
 * @param security who may call the API
 */
@ConfigurationProperties(prefix = "canyon", ignoreUnknownFields = false)
public record CanyonProperties(
        @DefaultValue("auto") TransportChoice transport,
        @DefaultValue("data") Path dataDir,
        @DefaultValue("127.0.0.1") String defaultHost,
        @DefaultValue("true") boolean defaultListeners,
        @Nullable List<DeclaredListener> listeners,
        @DefaultValue Limits limits,
        @DefaultValue Targets targets,
        @DefaultValue SecuritySettings security) {

    /** The transport asked for; auto leaves the choice to Canyon. */
    public enum TransportChoice {
        AUTO,
        EPOLL,
        IO_URING,
        NIO
    }

    /**
     * What one process will take on.
     *
     * @param maxListeners listeners made over the API, at most; 0 means no limit. Declared ones do not count
     * @param messageBytes 1 to 16777216: the longest test message
     * @param requestsPerSecond requests of one key, or without a key of one source; 0 means no limit. Not applied where the API
     *     is open on loopback
     */
    public record Limits(
            @DefaultValue("10000") int maxListeners,
            @DefaultValue("65536") int messageBytes,
            @DefaultValue("2000") int requestsPerSecond) {

        public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
        public static final int MAX_REQUESTS_PER_SECOND = 1_000_000;

        public Limits {
            if (messageBytes < 1 || messageBytes > MAX_MESSAGE_BYTES) {
                throw new IllegalArgumentException(
                        "canyon.limits.message-bytes: " + messageBytes + " (expected: 1 to " + MAX_MESSAGE_BYTES + ")");
            }
            if (maxListeners < 0) {
                throw new IllegalArgumentException(
                        "canyon.limits.max-listeners: " + maxListeners + " (expected: 0 or more; 0 means no limit)");
            }
            if (requestsPerSecond < 0 || requestsPerSecond > MAX_REQUESTS_PER_SECOND) {
                throw new IllegalArgumentException("canyon.limits.requests-per-second: " + requestsPerSecond
                        + " (expected: 0 to " + MAX_REQUESTS_PER_SECOND + "; 0 means no limit)");
            }
        }
    }

    /**
     * Where test messages may go besides running listeners.
     *
     * @param allowed ranges (CIDR), addresses or host names, each with {@code :port} or {@code :from-to} if not all ports are
     *     meant; empty means nowhere else
     */
    public record Targets(@DefaultValue List<String> allowed) {}
}
