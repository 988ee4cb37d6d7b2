package dev.canyon.store;

import dev.canyon.listener.ListenerDefinition;
import dev.canyon.transport.Cidr;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.ProtocolSettings;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A definition as it is stored, in JSON. Names and meaning of these fields stay for ever; what is added later must be
 * optional. One of {@code tcp} and {@code udp} is there.
 */
record StoredListener(
        String host,
        int port,
        boolean enabled,
        String description,
        Map<String, String> labels,
        List<String> allowedSources,
        int bufferBytes,
        long drainTimeoutMs,
        @Nullable Tcp tcp,
        @Nullable Udp udp) {

    StoredListener {
        if (host == null || description == null || labels == null || allowedSources == null) {
            throw new IllegalArgumentException("a field is missing");
        }
        if (labels.values().stream().anyMatch(Objects::isNull)
                || allowedSources.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a label or an allowed source is null");
        }
    }

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

        TcpSettings toSettings() {
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

    record Udp(boolean replyToEmpty, boolean replyToReservedPorts, int maxDatagramsPerSecondPerSource) {

        static Udp of(UdpSettings settings) {
            return new Udp(
                    settings.replyToEmpty(),
                    settings.replyToReservedPorts(),
                    settings.maxDatagramsPerSecondPerSource());
        }

        UdpSettings toSettings() {
            return new UdpSettings(replyToEmpty, replyToReservedPorts, maxDatagramsPerSecondPerSource);
        }
    }

    static StoredListener of(ListenerDefinition definition) {
        EndpointSpec endpoint = definition.endpoint();
        return new StoredListener(
                endpoint.address().host(),
                endpoint.address().port(),
                definition.enabled(),
                definition.description(),
                definition.labels(),
                endpoint.allowedSources().stream().map(Cidr::toString).toList(),
                endpoint.bufferBytes(),
                definition.drainTimeout().toMillis(),
                endpoint.settings() instanceof TcpSettings tcp ? Tcp.of(tcp) : null,
                endpoint.settings() instanceof UdpSettings udp ? Udp.of(udp) : null);
    }

    /** @throws IllegalArgumentException if it is not what {@link #of} gave */
    ListenerDefinition toDefinition(String name) {
        return new ListenerDefinition(
                name,
                new EndpointSpec(
                        new ListenAddress(host, port),
                        bufferBytes,
                        allowedSources.stream().map(Cidr::parse).toList(),
                        settings()),
                enabled,
                description,
                labels,
                Duration.ofMillis(drainTimeoutMs));
    }

    private ProtocolSettings settings() {
        if (tcp != null) {
            return tcp.toSettings();
        }
        if (udp != null) {
            return udp.toSettings();
        }
        throw new IllegalArgumentException("neither tcp nor udp");
    }
}
