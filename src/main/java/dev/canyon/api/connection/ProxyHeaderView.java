package dev.canyon.api.connection;

import dev.canyon.engine.identity.ProxyHeader;
import dev.canyon.engine.identity.ProxyTls;
import dev.canyon.engine.peer.ConnectionIdentity.Proxied;
import dev.canyon.net.IpText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PROXY header of a connection in the API. */
@Schema(name = "ProxyHeader", description = "PROXY header of a connection")
record ProxyHeaderView(
        @Schema(minimum = "1", maximum = "2", example = "2") int version,

        @Schema(
                description = "local if the proxy itself is the client, as with a health check",
                allowableValues = {"proxy", "local"})
        String command,

        @Schema(description = "Local address of the socket", example = "10.0.0.7")
        String localAddress,

        @Schema(example = "7007") int localPort,

        @Schema(description = "Application protocol of the client (PP2_TYPE_ALPN)", example = "h2") @Nullable
        String alpn,

        @Schema(description = "Host name that the client requested (PP2_TYPE_AUTHORITY)", example = "echo.example")
        @Nullable
        String authority,

        @Schema(description = "Id of the connection (PP2_TYPE_UNIQUE_ID); 0x and hexadecimal digits if it is not text")
        @Nullable
        String uniqueId,

        @Schema(description = "Network namespace of the proxy (PP2_TYPE_NETNS)") @Nullable
        String networkNamespace,

        @Schema(description = "TLS between client and proxy (PP2_TYPE_SSL); null if none was reported") @Nullable
        Tls tls,

        @Schema(
                description = "Values of other types in hexadecimal digits, by type",
                example = "{\"0xea\": \"01767063652d31\"}")
        Map<String, String> others) {

    @Schema(name = "ProxyTls", description = "TLS between client and proxy")
    record Tls(
            @Schema(example = "TLSv1.3") @Nullable String protocol,

            @Schema(
                    description = "Common name of the client's certificate; null if it was not reported",
                    example = "probe")
            @Nullable
            String commonName,

            @Schema(example = "TLS_AES_256_GCM_SHA384") @Nullable
            String cipher,

            @Schema(description = "Signature algorithm of the proxy's certificate", example = "SHA256") @Nullable
            String signatureAlgorithm,

            @Schema(description = "Key algorithm of the proxy's certificate", example = "EC256") @Nullable
            String keyAlgorithm,

            @Schema(description = "Whether the client presented a certificate")
            boolean clientCertificate,

            @Schema(description = "Whether the proxy verified that certificate")
            boolean verified) {

        static @Nullable Tls of(@Nullable ProxyTls tls) {
            return tls == null
                    ? null
                    : new Tls(
                            tls.protocol(),
                            tls.commonName(),
                            tls.cipher(),
                            tls.signatureAlgorithm(),
                            tls.keyAlgorithm(),
                            tls.clientCertificate(),
                            tls.verified());
        }
    }

    static @Nullable ProxyHeaderView of(@Nullable Proxied proxied) {
        if (proxied == null) {
            return null;
        }
        ProxyHeader header = proxied.header();
        return new ProxyHeaderView(
                header.version(),
                header.local() ? "local" : "proxy",
                IpText.of(proxied.local().getAddress()),
                proxied.local().getPort(),
                header.alpn(),
                header.authority(),
                header.uniqueId(),
                header.networkNamespace(),
                Tls.of(header.tls()),
                header.others());
    }
}
