package dev.canyon.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of Canyon.
 *
 * @param transport socket transport: auto (epoll if available, else NIO), epoll, io-uring or nio
 * @param dataDir directory of the audit trail, of the hash of the generated admin key and, unless PostgreSQL is used, of
 *     definitions and finished runs; created if missing
 * @param defaultHost address of listeners that specify no host
 * @param defaultListeners whether {@code echo-tcp} and {@code echo-udp} are declared if no other listener is
 * @param listeners declared listeners, which are opened at startup and cannot be changed through the API; an element has the
 *     fields of a definition in the API, in kebab-case
 * @param limits limits of this process
 * @param targets allowed targets of test messages and runs
 * @param audit retention of the audit trail
 * @param security access to the API
 */
@ConfigurationProperties(prefix = "canyon", ignoreUnknownFields = false)
public record CanyonProperties(
        @DefaultValue("auto") TransportChoice transport,
        @DefaultValue("data") Path dataDir,
        @DefaultValue("127.0.0.1") String defaultHost,
        @DefaultValue("true") boolean defaultListeners,
        @Nullable List<Map<String, Object>> listeners,
        @NestedConfigurationProperty @DefaultValue LimitSettings limits,
        @DefaultValue Targets targets,
        @NestedConfigurationProperty @DefaultValue AuditSettings audit,
        @NestedConfigurationProperty @DefaultValue SecuritySettings security) {

    /** The requested transport. */
    public enum TransportChoice {
        AUTO,
        EPOLL,
        IO_URING,
        NIO
    }

    /**
     * Allowed targets of test messages and runs, in addition to running listeners.
     *
     * @param allowed address ranges (CIDR), addresses or host names, each with an optional {@code :port} or {@code :from-to};
     *     empty allows no other target
     */
    public record Targets(@DefaultValue List<String> allowed) {}
}
