package dev.canyon.api.message;

import dev.canyon.api.json.Faults;
import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The PROXY header of a test message in a request. */
@Schema(description = "TCP only: PROXY header that the connection begins with")
record ProxyHeaderRequest(
        @Schema(description = "Version of the PROXY protocol", defaultValue = "2")
        @Min(value = 1, message = ProxyHeaderRequest.KNOWN_VERSIONS)
        @Max(value = 2, message = ProxyHeaderRequest.KNOWN_VERSIONS)
        @Nullable
        Integer version,

        @Schema(
                description =
                        "Address and port of the client that the header names. Default: none, as in health checks of a proxy (LOCAL; UNKNOWN in version 1)",
                example = "192.0.2.7:4711")
        @Nullable
        String source,

        @Schema(
                description = "Address and port that this client connected to. Default: those of the target",
                example = "198.51.100.1:443")
        @Nullable
        String destination) {

    static final String KNOWN_VERSIONS = "must be 1 or 2";

    private static final int DEFAULT_VERSION = 2;

    private static final Pattern ADDRESS_AND_PORT = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^\\[\\]:]+)):(\\d{1,5})");

    void check(Faults faults) {
        check("proxyProtocol.source", source, faults);
        check("proxyProtocol.destination", destination, faults);
        if (source == null && destination != null) {
            faults.add("proxyProtocol.destination", "requires source");
        }
    }

    private static void check(String field, @Nullable String text, Faults faults) {
        if (text != null && parse(text).isEmpty()) {
            faults.add(field, "must be an IP address and a port, such as 192.0.2.7:4711 or [2001:db8::7]:4711");
        }
    }

    private static Optional<InetSocketAddress> parse(String text) {
        Matcher matcher = ADDRESS_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        Optional<InetAddress> address = IpText.parse(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        // Receivers refuse port 0 in version 1, for example Netty.
        return port == 0 || port > ListenAddress.MAX_PORT
                ? Optional.empty()
                : address.map(known -> new InetSocketAddress(known, port));
    }

    /** Must not be called before the checks have passed. */
    OutgoingProxyHeader toHeader() {
        return new OutgoingProxyHeader(
                version == null ? DEFAULT_VERSION : version,
                source == null ? null : parse(source).orElseThrow(),
                destination == null ? null : parse(destination).orElseThrow());
    }
}
