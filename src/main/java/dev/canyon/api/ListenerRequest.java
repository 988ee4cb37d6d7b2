package dev.canyon.api;

import dev.canyon.api.json.Faults;
import dev.canyon.api.json.SelfChecking;
import dev.canyon.listener.ListenerDefinition;
import dev.canyon.transport.Cidr;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.ProtocolSettings;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A definition as it comes in. What is left out or null has its default. */
@Schema(description = "What a listener shall be. Only name, protocol and port are required; null means the default.")
record ListenerRequest(
        @Schema(description = "The id: a DNS label", example = "edge-tcp")
        @NotNull(message = "is required")
        @Pattern(
                regexp = ListenerDefinition.NAME_PATTERN,
                message = "must be 1 to 63 of a-z, 0-9 and -, a letter or digit first and last")
        @Nullable
        String name,

        @Schema(
                description = "Connection-oriented or connection-less",
                allowableValues = {"tcp", "udp"},
                example = "tcp")
        @NotNull(message = "is required: tcp or udp")
        @Pattern(regexp = "tcp|udp", message = "must be tcp or udp")
        @Nullable
        String protocol,

        @Schema(
                description = "An address of this host or a name for one; 0.0.0.0 is all of IPv4, :: all of IPv6."
                        + " The default is canyon.default-host",
                example = "127.0.0.1")
        @Size(min = 1, max = ListenAddress.MAX_HOST_LENGTH)
        @Pattern(regexp = ListenAddress.HOST_PATTERN, message = "must be an address or a host name")
        @Nullable
        String host,

        @Schema(description = "0 lets the system choose: see status.port", example = "7010")
        @NotNull(message = "is required: 0 to 65535, 0 lets the system choose")
        @Min(0)
        @Max(ListenAddress.MAX_PORT)
        @Nullable
        Integer port,

        @Schema(description = "Open now and after every restart", defaultValue = "true") @Nullable
        Boolean enabled,

        @Schema(description = "For people", defaultValue = "")
        @Size(max = ListenerDefinition.MAX_DESCRIPTION_LENGTH)
        @Nullable
        String description,

        @Schema(description = "To select listeners by", example = "{\"team\": \"net\"}")
        @Size(max = ListenerDefinition.MAX_LABELS)
        @Nullable
        Map<
                        @Pattern(
                                regexp = ListenerDefinition.LABEL_KEY_PATTERN,
                                message = "must be 1 to 63 letters, digits, '.', '_', '/' and '-',"
                                        + " a letter or digit first and last")
                        String,
                        @Size(max = ListenerDefinition.MAX_LABEL_VALUE_LENGTH) String>
                labels,

        @Schema(description = "Address ranges (CIDR) that may talk to it; empty means everyone", example = "[]")
        @Size(max = EndpointSpec.MAX_ALLOWED_SOURCES)
        @Nullable
        List<String> allowedSources,

        @Schema(
                description = "Largest single read on TCP, largest datagram answered on UDP, in bytes",
                defaultValue = "" + EndpointSpec.DEFAULT_BUFFER_BYTES)
        @Min(1)
        @Max(EndpointSpec.MAX_BUFFER_BYTES)
        @Nullable
        Integer bufferBytes,

        @Valid @Nullable Tcp tcp,
        @Valid @Nullable Udp udp,

        @Schema(
                description = "How long what has arrived may still be sent back when it stops, in milliseconds",
                defaultValue = "" + ListenerDefinition.DEFAULT_DRAIN_TIMEOUT_MS)
        @Min(0)
        @Max(ListenerDefinition.MAX_DRAIN_TIMEOUT_MS)
        @Nullable
        Long drainTimeoutMs,

        @Schema(description = "Accepted and ignored, so that a view can be sent back", hidden = true) @Nullable
        JsonNode status)
        implements SelfChecking {

    @Schema(name = "TcpRequest", description = "For a TCP listener only")
    record Tcp(
            @Schema(
                    description = "Connections the kernel completes ahead of accept; capped by net.core.somaxconn",
                    defaultValue = "" + TcpSettings.DEFAULT_BACKLOG)
            @Min(1)
            @Max(TcpSettings.MAX_BACKLOG)
            @Nullable
            Integer backlog,

            @Schema(description = "TCP_NODELAY", defaultValue = "true") @Nullable
            Boolean noDelay,

            @Schema(description = "SO_KEEPALIVE", defaultValue = "false") @Nullable
            Boolean keepAlive,

            @Schema(
                    description = "Closes a connection on which nothing happens, in milliseconds; 0 never does",
                    defaultValue = "" + TcpSettings.DEFAULT_IDLE_TIMEOUT_MS)
            @Min(0)
            @Max(TcpSettings.MAX_TIMEOUT_MS)
            @Nullable
            Long idleTimeoutMs,

            @Schema(
                    description = "Closes a connection whose peer takes no reply, in milliseconds; 0 never does",
                    defaultValue = "" + TcpSettings.DEFAULT_WRITE_STALL_TIMEOUT_MS)
            @Min(0)
            @Max(TcpSettings.MAX_TIMEOUT_MS)
            @Nullable
            Long writeStallTimeoutMs,

            @Schema(
                    description = "Open connections at most; 0 means no limit",
                    defaultValue = "" + TcpSettings.DEFAULT_MAX_CONNECTIONS)
            @Min(0)
            @Max(TcpSettings.MAX_CONNECTIONS)
            @Nullable
            Integer maxConnections,

            @Schema(description = "The same for each remote address; 0 means no limit", defaultValue = "0")
            @Min(0)
            @Max(TcpSettings.MAX_CONNECTIONS)
            @Nullable
            Integer maxConnectionsPerSource) {

        TcpSettings toSettings() {
            TcpSettings defaults = TcpSettings.defaults();
            return new TcpSettings(
                    or(backlog, defaults.backlog()),
                    or(noDelay, defaults.noDelay()),
                    or(keepAlive, defaults.keepAlive()),
                    Duration.ofMillis(or(idleTimeoutMs, TcpSettings.DEFAULT_IDLE_TIMEOUT_MS)),
                    Duration.ofMillis(or(writeStallTimeoutMs, TcpSettings.DEFAULT_WRITE_STALL_TIMEOUT_MS)),
                    or(maxConnections, defaults.maxConnections()),
                    or(maxConnectionsPerSource, defaults.maxConnectionsPerSource()));
        }
    }

    @Schema(name = "UdpRequest", description = "For a UDP listener only")
    record Udp(
            @Schema(description = "Answer datagrams without payload", defaultValue = "true") @Nullable
            Boolean replyToEmpty,

            @Schema(description = "Answer sources below port 1024 and port 2049 too", defaultValue = "false") @Nullable
            Boolean replyToReservedPorts,

            @Schema(description = "Answered per second and remote address; 0 means no limit", defaultValue = "0")
            @Min(0)
            @Max(UdpSettings.MAX_DATAGRAMS_PER_SECOND)
            @Nullable
            Integer maxDatagramsPerSecondPerSource) {

        UdpSettings toSettings() {
            UdpSettings defaults = UdpSettings.defaults();
            return new UdpSettings(
                    or(replyToEmpty, defaults.replyToEmpty()),
                    or(replyToReservedPorts, defaults.replyToReservedPorts()),
                    or(maxDatagramsPerSecondPerSource, defaults.maxDatagramsPerSecondPerSource()));
        }
    }

    @Override
    public void check(Faults faults) {
        if (tcp != null && "udp".equals(protocol)) {
            faults.add("tcp", "is not for a udp listener");
        }
        if (udp != null && "tcp".equals(protocol)) {
            faults.add("udp", "is not for a tcp listener");
        }
        List<String> sources = or(allowedSources, List.of());
        for (int i = 0; i < sources.size(); i++) {
            try {
                Cidr.parse(sources.get(i));
            } catch (IllegalArgumentException ex) {
                faults.add("allowedSources[" + i + "]", String.valueOf(ex.getMessage()));
            }
        }
    }

    /** Only for a request that has passed its checks. */
    ListenerDefinition toDefinition(String defaultHost) {
        return new ListenerDefinition(
                required(name),
                new EndpointSpec(
                        new ListenAddress(or(host, defaultHost), required(port)),
                        or(bufferBytes, EndpointSpec.DEFAULT_BUFFER_BYTES),
                        or(allowedSources, List.<String>of()).stream()
                                .map(Cidr::parse)
                                .toList(),
                        settings()),
                or(enabled, true),
                or(description, ""),
                or(labels, Map.of()),
                Duration.ofMillis(or(drainTimeoutMs, ListenerDefinition.DEFAULT_DRAIN_TIMEOUT_MS)));
    }

    private ProtocolSettings settings() {
        if ("udp".equals(protocol)) {
            return udp == null ? UdpSettings.defaults() : udp.toSettings();
        }
        return tcp == null ? TcpSettings.defaults() : tcp.toSettings();
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a required field is missing from a request that was checked");
        }
        return value;
    }
}
