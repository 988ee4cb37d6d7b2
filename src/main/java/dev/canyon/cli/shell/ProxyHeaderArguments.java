package dev.canyon.cli.shell;

import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the PROXY header that each connection begins with. Meaning and defaults are those of the API's field. */
public final class ProxyHeaderArguments {

    private static final String VERSION = "--proxy-protocol";
    private static final String SOURCE = "--proxy-source";
    private static final String DESTINATION = "--proxy-destination";

    @Option(
            names = VERSION,
            paramLabel = "VERSION",
            description =
                    "TCP and TLS: begin each connection with a PROXY header of version 1 or 2. Default: 2 with --proxy-source,"
                            + " otherwise none")
    private @Nullable Integer version;

    @Option(
            names = SOURCE,
            paramLabel = "ADDRESS:PORT",
            description =
                    "TCP and TLS: the client that the header names. Default: none, as in health checks of a proxy (LOCAL; UNKNOWN"
                            + " in version 1)")
    private @Nullable String source;

    @Option(
            names = DESTINATION,
            paramLabel = "ADDRESS:PORT",
            description = "TCP and TLS: what this client connected to. Default: the target")
    private @Nullable String destination;

    /** Returns the header of the connections to a target; null for none. */
    public @Nullable OutgoingProxyHeader toHeader(SocketUri target, Usage usage) {
        if (version == null && source == null && destination == null) {
            return null;
        }
        usage.require(
                target.protocol() == Protocol.TCP,
                VERSION + ", " + SOURCE + " and " + DESTINATION + " require a target of the form tcp:// or tls://");
        usage.require(destination == null || source != null, DESTINATION, "requires " + SOURCE);
        int used = version == null ? OutgoingProxyHeader.DEFAULT_VERSION : version;
        usage.requireRange(VERSION, used, 1, 2);
        return new OutgoingProxyHeader(used, address(SOURCE, source, usage), address(DESTINATION, destination, usage));
    }

    private static @Nullable InetSocketAddress address(String option, @Nullable String text, Usage usage) {
        return text == null ? null : usage.parse(option, text, ProxyHeaderArguments::parse);
    }

    private static InetSocketAddress parse(String text) {
        return OutgoingProxyHeader.address(text)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "'" + text
                                        + "' (expected: an IP address and a port from 1 to 65535, such as 192.0.2.7:4711 or [2001:db8::7]:4711)"));
    }
}
