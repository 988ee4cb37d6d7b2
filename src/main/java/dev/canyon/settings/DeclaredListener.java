package dev.canyon.settings;

import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.Protocol;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A listener in the configuration: the same fields as in the REST API, in kebab-case.
 *
 * @param name a DNS label, unique
 * @param protocol tcp or udp
 * @param host an address of this host or a name for one; left out, canyon.default-host
 * @param port 0 to 65535; 0 lets the system choose
 * @param enabled whether it is opened at start
 * @param description for people
 * @param labels to select listeners by
 * @param allowedSources address ranges (CIDR) that may talk to it; empty means everyone
 * @param bufferBytes 1 to 65536: largest single read on TCP, largest datagram answered on UDP
 * @param tcp settings of a TCP listener
 * @param udp settings of a UDP listener
 * @param drainTimeoutMs 0 to 600000: how long connections may go on when it stops; left out, 5000
 */
public record DeclaredListener(
        @Nullable String name,
        @Nullable Protocol protocol,
        @Nullable String host,
        @Nullable Integer port,
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String description,
        @DefaultValue Map<String, String> labels,
        @DefaultValue List<String> allowedSources,

        @DefaultValue("" + EndpointSpec.DEFAULT_BUFFER_BYTES)
        int bufferBytes,

        @Nullable Tcp tcp,
        @Nullable Udp udp,

        @Nullable Long drainTimeoutMs) {

    /**
     * Settings of a TCP listener.
     *
     * @param backlog 1 to 65535: connections the kernel completes ahead of accept
     * @param noDelay TCP_NODELAY
     * @param keepAlive SO_KEEPALIVE
     * @param idleTimeoutMs closes a silent connection; 0 never does
     * @param writeStallTimeoutMs closes a connection whose peer takes no reply; 0 never does
     * @param maxConnections 0 means no limit
     * @param maxConnectionsPerSource 0 means no limit
     */
    public record Tcp(
            @DefaultValue("" + TcpSettings.DEFAULT_BACKLOG) int backlog,
            @DefaultValue("true") boolean noDelay,
            @DefaultValue("false") boolean keepAlive,

            @DefaultValue("" + TcpSettings.DEFAULT_IDLE_TIMEOUT_MS)
            long idleTimeoutMs,

            @DefaultValue("" + TcpSettings.DEFAULT_WRITE_STALL_TIMEOUT_MS)
            long writeStallTimeoutMs,

            @DefaultValue("" + TcpSettings.DEFAULT_MAX_CONNECTIONS)
            int maxConnections,

            @DefaultValue("0") int maxConnectionsPerSource) {

        public TcpSettings toSettings() {
            return new TcpSettings(
                    backlog,
                    noDelay,
                    keepAlive,
                    Duration.ofMillis(idleTimeoutMs),
                    Duration.ofMillis(writeStallTimeoutMs),
                    maxConnections,
                    maxConnectionsPerSource);
        }
    }

    /**
     * Settings of a UDP listener.
     *
     * @param replyToEmpty answer datagrams without payload
     * @param replyToReservedPorts answer sources below port 1024 and port 2049 too
     * @param maxDatagramsPerSecondPerSource 0 means no limit
     */
    public record Udp(
            @DefaultValue("true") boolean replyToEmpty,
            @DefaultValue("false") boolean replyToReservedPorts,
            @DefaultValue("0") int maxDatagramsPerSecondPerSource) {

        public UdpSettings toSettings() {
            return new UdpSettings(replyToEmpty, replyToReservedPorts, maxDatagramsPerSecondPerSource);
        }
    }
}
