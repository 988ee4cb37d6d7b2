package dev.canyon.api;

import dev.canyon.transport.IpText;
import dev.canyon.transport.Peer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** Who is connected, or has sent datagrams. */
@Schema(description = "A TCP connection, or a source of datagrams, as it was when the answer was made")
record ConnectionView(
        @Schema(description = "Later ones have larger numbers; none is used again while Canyon runs", example = "17")
        String id,

        @Schema(allowableValues = {"tcp", "udp"}) String protocol,

        @Schema(example = "127.0.0.1") String remoteAddress,
        @Schema(example = "51514") int remotePort,

        @Schema(description = "The address that the peer reached", example = "127.0.0.1")
        String localAddress,

        @Schema(example = "7010") int localPort,

        @Schema(description = "When it was accepted; on UDP when its first datagram came")
        Instant openedAt,

        @Schema(example = "10") long receivedBytes,

        @Schema(description = "Datagrams, those not answered included, or reads on TCP", example = "1")
        long receivedMessages,

        @Schema(
                description = "Handed to the kernel; of a connection that is open, receivedBytes less pendingBytes",
                example = "10")
        long sentBytes,

        @Schema(description = "Wait for the peer to take them; 0 on UDP", example = "0")
        long pendingBytes,

        @Schema(description = "Milliseconds since something last arrived, or since openedAt", example = "250")
        long idleMs) {

    static ConnectionView of(Peer peer) {
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
                peer.idle().toMillis());
    }
}
