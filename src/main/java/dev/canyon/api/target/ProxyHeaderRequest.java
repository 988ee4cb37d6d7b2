package dev.canyon.api.target;

import dev.canyon.api.json.Faults;
import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.net.IpText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The PROXY header of a test message or run in a request. */
@Schema(description = "TCP only: PROXY header that each connection begins with")
public record ProxyHeaderRequest(
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

    /** Adds the errors found, under the field {@code proxyProtocol}. */
    public void check(Faults faults) {
        check("proxyProtocol.source", source, faults);
        check("proxyProtocol.destination", destination, faults);
        if (source == null && destination != null) {
            faults.add("proxyProtocol.destination", "requires source");
        }
    }

    private static void check(String field, @Nullable String text, Faults faults) {
        if (text != null && OutgoingProxyHeader.address(text).isEmpty()) {
            faults.add(
                    field,
                    "must be an IP address and a port from 1 to 65535, such as 192.0.2.7:4711 or [2001:db8::7]:4711");
        }
    }

    /** Must not be called before the checks have passed. */
    public OutgoingProxyHeader toHeader() {
        return new OutgoingProxyHeader(
                version == null ? OutgoingProxyHeader.DEFAULT_VERSION : version, address(source), address(destination));
    }

    private static @Nullable InetSocketAddress address(@Nullable String text) {
        return text == null ? null : OutgoingProxyHeader.address(text).orElseThrow();
    }

    /** Returns the same in a response; null for none. */
    public static @Nullable ProxyHeaderRequest of(@Nullable OutgoingProxyHeader header) {
        return header == null
                ? null
                : new ProxyHeaderRequest(header.version(), text(header.source()), text(header.destination()));
    }

    private static @Nullable String text(@Nullable InetSocketAddress address) {
        return address == null ? null : IpText.of(address);
    }
}
