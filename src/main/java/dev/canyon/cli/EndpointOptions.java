package dev.canyon.cli;

import dev.canyon.transport.Cidr;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.Protocol;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How endpoints shall behave. The names, the meaning and the defaults are those of a listener's fields. */
final class EndpointOptions {

    private static final String NO_TCP = "it is for TCP, and no tcp://HOST:PORT is given";

    @Option(
            names = "--allow-source",
            paramLabel = "CIDR",
            description = "Serve these addresses only; may be given several times. Default: everyone")
    private List<Cidr> allowedSources = new ArrayList<>();

    @Option(
            names = "--buffer-bytes",
            paramLabel = "BYTES",
            description =
                    "The largest single read on TCP, the largest datagram sent back on UDP. Default: ${DEFAULT-VALUE}")
    private int bufferBytes = EndpointSpec.DEFAULT_BUFFER_BYTES;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            description = "TCP: connections that the kernel completes before they are accepted. Default: 1024")
    private @Nullable Integer backlog;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            description = "TCP: close a connection on which nothing comes or goes for so long; 0 is never. Default: 5m")
    private @Nullable Duration idleTimeout;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "TCP: close more than so many at once; 0 is no limit. Default: 10000")
    private @Nullable Integer maxConnections;

    /** The same for each URI. */
    List<EndpointSpec> specifications(List<SocketUri> uris, Usage usage) {
        boolean tcp = uris.stream().anyMatch(uri -> uri.protocol() == Protocol.TCP);
        usage.require(tcp || backlog == null, "--backlog", NO_TCP);
        usage.require(tcp || idleTimeout == null, "--idle-timeout", NO_TCP);
        usage.require(tcp || maxConnections == null, "--max-connections", NO_TCP);
        usage.requireRange("--buffer-bytes", bufferBytes, 1, EndpointSpec.MAX_BUFFER_BYTES);
        usage.requireRange("--allow-source", allowedSources.size(), 0, EndpointSpec.MAX_ALLOWED_SOURCES);
        TcpSettings settings = tcpSettings(usage);
        return uris.stream()
                .map(uri -> new EndpointSpec(
                        uri.address(),
                        bufferBytes,
                        allowedSources,
                        uri.protocol() == Protocol.TCP ? settings : UdpSettings.defaults()))
                .toList();
    }

    private TcpSettings tcpSettings(Usage usage) {
        TcpSettings defaults = TcpSettings.defaults();
        int wantedBacklog = backlog == null ? defaults.backlog() : backlog;
        Duration wantedIdleTimeout = idleTimeout == null ? defaults.idleTimeout() : idleTimeout;
        int wantedMaxConnections = maxConnections == null ? defaults.maxConnections() : maxConnections;
        usage.requireRange("--backlog", wantedBacklog, 1, TcpSettings.MAX_BACKLOG);
        usage.requireRange("--max-connections", wantedMaxConnections, 0, TcpSettings.MAX_CONNECTIONS);
        usage.require(
                wantedIdleTimeout.toMillis() <= TcpSettings.MAX_TIMEOUT_MS,
                "--idle-timeout",
                wantedIdleTimeout.toMillis() + "ms (expected: 0 to 24h)");
        return new TcpSettings(
                wantedBacklog,
                defaults.noDelay(),
                defaults.keepAlive(),
                wantedIdleTimeout,
                defaults.writeStallTimeout(),
                wantedMaxConnections,
                defaults.maxConnectionsPerSource());
    }
}
