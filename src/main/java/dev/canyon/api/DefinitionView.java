package dev.canyon.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.canyon.listener.ListenerDefinition;
import dev.canyon.transport.Cidr;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A definition as it goes out, complete. */
@Schema(description = "What a listener shall be, with every default filled in")
record DefinitionView(
        @Schema(example = "edge-tcp") String name,

        @Schema(
                allowableValues = {"tcp", "udp"},
                example = "tcp")
        String protocol,

        @Schema(example = "127.0.0.1") String host,
        @Schema(example = "7010") int port,
        boolean enabled,
        String description,
        Map<String, String> labels,
        List<String> allowedSources,
        @Schema(example = "65536") int bufferBytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Tcp tcp,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Udp udp,
        @Schema(example = "5000") long drainTimeoutMs) {

    @Schema(name = "TcpView", description = "There for a TCP listener only")
    record Tcp(
            int backlog,
            boolean noDelay,
            boolean keepAlive,
            long idleTimeoutMs,
            long writeStallTimeoutMs,
            int maxConnections,
            int maxConnectionsPerSource) {

        static Tcp of(TcpSettings settings) {
            return new Tcp(
                    settings.backlog(),
                    settings.noDelay(),
                    settings.keepAlive(),
                    settings.idleTimeout().toMillis(),
                    settings.writeStallTimeout().toMillis(),
                    settings.maxConnections(),
                    settings.maxConnectionsPerSource());
        }
    }

    @Schema(name = "UdpView", description = "There for a UDP listener only")
    record Udp(boolean replyToEmpty, boolean replyToReservedPorts, int maxDatagramsPerSecondPerSource) {

        static Udp of(UdpSettings settings) {
            return new Udp(
                    settings.replyToEmpty(),
                    settings.replyToReservedPorts(),
                    settings.maxDatagramsPerSecondPerSource());
        }
    }

    static DefinitionView of(ListenerDefinition definition) {
        var endpoint = definition.endpoint();
        return new DefinitionView(
                definition.name(),
                definition.protocol().toString(),
                endpoint.address().host(),
                endpoint.address().port(),
                definition.enabled(),
                definition.description(),
                definition.labels(),
                endpoint.allowedSources().stream().map(Cidr::toString).toList(),
                endpoint.bufferBytes(),
                endpoint.settings() instanceof TcpSettings tcp ? Tcp.of(tcp) : null,
                endpoint.settings() instanceof UdpSettings udp ? Udp.of(udp) : null,
                definition.drainTimeout().toMillis());
    }
}
