package dev.canyon.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Canyon is set up.
 *
 * @param transport how sockets are reached: auto (epoll where it loads, else NIO), epoll, io-uring or nio
 * @param dataDir where definitions and finished runs are kept, unless in PostgreSQL, and the audit trail and the hash of the
 *     admin key that Canyon made; made if it is not there
 * @param defaultHost where a listener listens that names no host
 * @param defaultListeners whether {@code echo-tcp} and {@code echo-udp} are declared when nothing else is
 * @param listeners listeners that are declared here: opened at start, and changed only here
 * @param limits what one process will take on
 * @param targets where test messages and runs may go
 * @param audit how much of the audit trail is kept
 * @param security who may call the API
 */
@ConfigurationProperties(prefix = "canyon", ignoreUnknownFields = false)
public record CanyonProperties(
        @DefaultValue("auto") TransportChoice transport,
        @DefaultValue("data") Path dataDir,
        @DefaultValue("127.0.0.1") String defaultHost,
        @DefaultValue("true") boolean defaultListeners,
        @Nullable List<DeclaredListener> listeners,
        @NestedConfigurationProperty @DefaultValue LimitSettings limits,
        @DefaultValue Targets targets,
        @NestedConfigurationProperty @DefaultValue AuditSettings audit,
        @NestedConfigurationProperty @DefaultValue SecuritySettings security) {

    /** The transport asked for; auto leaves the choice to Canyon. */
    public enum TransportChoice {
        AUTO,
        EPOLL,
        IO_URING,
        NIO
    }

    /**
     * Where test messages and runs may go besides running listeners.
     *
     * @param allowed ranges (CIDR), addresses or host names, each with {@code :port} or {@code :from-to} if not all ports are
     *     meant; empty means nowhere else
     */
    public record Targets(@DefaultValue List<String> allowed) {}
}
