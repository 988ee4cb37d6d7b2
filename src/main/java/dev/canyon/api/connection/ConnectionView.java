package dev.canyon.api.connection;

import dev.canyon.engine.peer.ConnectionIdentity.Proxied;
import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.tls.TlsSession;
import dev.canyon.net.IpText;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TCP connection or UDP source in the API. */
@Schema(description = "A TCP connection or a source of datagrams")
record ConnectionView(
        @Schema(description = "Increases with each connection; not reused until Canyon restarts", example = "17")
        String id,

        @Schema(allowableValues = {"tcp", "udp"}) String protocol,

        @Schema(example = "127.0.0.1") String remoteAddress,
        @Schema(example = "51514") int remotePort,

        @Schema(description = "The local address that the peer connected or sent to", example = "127.0.0.1")
        String localAddress,

        @Schema(example = "7010") int localPort,

        @Schema(description = "Time of the accept; for UDP, of the first datagram")
        Instant openedAt,

        @Schema(example = "10") long receivedBytes,

        @Schema(description = "Datagrams, including dropped ones; for TCP, reads", example = "1")
        long receivedMessages,

        @Schema(
                description = "Bytes passed to the kernel; for an open connection, receivedBytes - pendingBytes",
                example = "10")
        long sentBytes,

        @Schema(description = "Bytes waiting to be sent; 0 for UDP", example = "0")
        long pendingBytes,

        @Schema(
                description = "Milliseconds since data was last received, or since openedAt if none was",
                example = "250")
        long idleMs,

        @ArraySchema(
                arraySchema =
                        @Schema(
                                description =
                                        "Reasons for which Canyon is not currently reading from the connection; empty if it is, and for UDP"),
                schema = @Schema(allowableValues = {"back-pressure", "byte-budget", "fault", "reply"}))
        List<String> pausedBy,

        @Schema(description = "What the TLS handshake negotiated; null without TLS and until the handshake is complete")
        @Nullable
        Tls tls,

        @Schema(
                description =
                        "Address of the proxy, if a PROXY header named the client; remoteAddress and localAddress are then those of the header",
                example = "10.0.0.2")
        @Nullable
        String proxyAddress,

        @Schema(description = "Port of the proxy; null without proxyAddress", example = "41234") @Nullable
        Integer proxyPort,

        @Schema(description = "The PROXY header; null if there was none") @Nullable
        ProxyHeaderView proxyHeader) {

    @Schema(name = "ConnectionTls", description = "TLS of a connection")
    record Tls(
            @Schema(example = "TLSv1.3") String protocol,
            @Schema(example = "TLS_AES_256_GCM_SHA384") String cipher,

            @Schema(description = "Application protocol (ALPN); null if none was negotiated", example = "echo")
            @Nullable
            String alpn,

            @Schema(description = "Server name that the client requested (SNI); null if none", example = "localhost")
            @Nullable
            String serverName,

            @Schema(
                    description = "Subject of the client's certificate; null if it presented none",
                    example = "CN=probe")
            @Nullable
            String clientCertificate,

            @Schema(description = "Time from accept to the end of the handshake", example = "2400")
            long handshakeMicros,

            @Schema(description = "Whether the client ended the connection without close_notify")
            boolean truncated) {

        static @Nullable Tls of(@Nullable TlsSession session) {
            return session == null
                    ? null
                    : new Tls(
                            session.protocol(),
                            session.cipher(),
                            session.alpn(),
                            session.serverName(),
                            session.clientCertificate() == null
                                    ? null
                                    : session.clientCertificate().subject(),
                            session.handshakeMicros(),
                            session.truncated());
        }
    }

    static ConnectionView of(Peer peer) {
        Proxied proxied = peer.proxied();
        InetSocketAddress proxy = proxied == null ? null : proxied.namingProxy();
        return new ConnectionView(
                String.valueOf(peer.id()),
                peer.protocol().toString(),
                IpText.of(peer.remote().getAddress()),
                peer.remote().getPort(),
                IpText.of(peer.local().getAddress()),
                peer.local().getPort(),
                peer.openedAt(),
                peer.receivedBytes(),
                peer.receivedMessages(),
                peer.sentBytes(),
                peer.pendingBytes(),
                peer.idle().toMillis(),
                peer.pausedBy().stream().map(PauseReason::toString).toList(),
                Tls.of(peer.tls()),
                proxy == null ? null : IpText.of(proxy.getAddress()),
                proxy == null ? null : proxy.getPort(),
                ProxyHeaderView.of(proxied));
    }
}
