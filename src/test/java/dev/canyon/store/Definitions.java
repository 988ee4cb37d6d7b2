package dev.canyon.store;

import dev.canyon.listener.ListenerDefinition;
import dev.canyon.listener.VersionedDefinition;
import dev.canyon.transport.Cidr;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.UdpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Definitions in which every field differs from its default. */
final class Definitions {

    private Definitions() {}

    static VersionedDefinition tcp(String name, long version) {
        TcpSettings settings = new TcpSettings(77, false, true, Duration.ofMillis(1), Duration.ofMillis(2), 3, 4);
        return new VersionedDefinition(
                new ListenerDefinition(
                        name,
                        new EndpointSpec(
                                new ListenAddress("::1", 4711), 512, List.of(Cidr.parse("10.0.0.0/8")), settings),
                        false,
                        "says \"hi\"\nto \u00e4ll \uD83D\uDE00",
                        Map.of("team", "net", "a/b", ""),
                        Duration.ofMillis(5)),
                version);
    }

    static VersionedDefinition udp(String name, long version) {
        return new VersionedDefinition(
                new ListenerDefinition(
                        name,
                        new EndpointSpec(
                                new ListenAddress("127.0.0.1", 0), 65_536, List.of(), new UdpSettings(false, true, 9)),
                        true,
                        "",
                        Map.of(),
                        Duration.ZERO),
                version);
    }
}
