package dev.canyon.store;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.definition.VersionedDefinition;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Definitions in which every field differs from its default. */
final class Definitions {

    private Definitions() {}

    static VersionedDefinition tcp(String name, long version) {
        TcpSettings settings = TcpSettings.with(Map.of(
                "backlog",
                77,
                "noDelay",
                false,
                "keepAlive",
                true,
                "idleTimeoutMs",
                1,
                "writeStallTimeoutMs",
                2,
                "maxConnections",
                3,
                "maxConnectionsPerSource",
                4));
        return new VersionedDefinition(
                new ListenerDefinition(
                        name,
                        new EndpointSpec(
                                        new ListenAddress("::1", 4711),
                                        512,
                                        List.of(Cidr.parse("10.0.0.0/8")),
                                        settings)
                                .behindProxies(ProxyProtocolSettings.with(
                                        Map.of("mode", "from-trusted", "trusted", List.of("10.1.0.0/16")))),
                        false,
                        "says \"hi\"\nto \u00e4ll \uD83D\uDE00",
                        Map.of("team", "net", "a/b", ""),
                        Duration.ofMillis(5),
                        List.of()),
                version);
    }

    static VersionedDefinition udp(String name, long version) {
        return new VersionedDefinition(
                new ListenerDefinition(
                        name,
                        new EndpointSpec(
                                new ListenAddress("127.0.0.1", 0),
                                65_536,
                                List.of(),
                                UdpSettings.with(Map.of(
                                        "replyToEmpty",
                                        false,
                                        "replyToReservedPorts",
                                        true,
                                        "maxDatagramsPerSecondPerSource",
                                        9))),
                        true,
                        "",
                        Map.of(),
                        Duration.ZERO,
                        List.of()),
                version);
    }
}
