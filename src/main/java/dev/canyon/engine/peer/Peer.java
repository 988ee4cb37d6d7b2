package dev.canyon.engine.peer;

import dev.canyon.engine.peer.ConnectionIdentity.Proxied;
import dev.canyon.engine.tls.TlsSession;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a peer of a listener: a TCP connection, or a source of datagrams.
 *
 * @param id increases from one peer to the next; unique within the process
 * @param local the address that the peer sent to; the wildcard address if no UDP socket is bound to the specific one
 * @param openedAt when it was accepted; on UDP when the first datagram arrived since the source was last evicted
 * @param receivedMessages datagrams, including those dropped afterwards; on TCP reads
 * @param sentBytes bytes of replies accepted by the kernel; datagrams that are later reported as undeliverable remain counted
 * @param pendingBytes bytes of replies that wait to be sent; always 0 on UDP
 * @param idle time since something last arrived, or since the connection was accepted
 * @param pausedBy why the connection is currently not read; empty if it is read, and on UDP
 * @param tls what its TLS handshake has negotiated; null without TLS and before the handshake is complete
 * @param proxied how a proxy has passed the connection on; null without a PROXY header and before it is complete
 */
public record Peer(
        long id,
        Protocol protocol,
        InetSocketAddress remote,
        InetSocketAddress local,
        Instant openedAt,
        long receivedBytes,
        long receivedMessages,
        long sentBytes,
        long pendingBytes,
        Duration idle,
        Set<PauseReason> pausedBy,
        @Nullable TlsSession tls,
        @Nullable Proxied proxied) {

    /** A peer without TLS and PROXY header. */
    public Peer(
            long id,
            Protocol protocol,
            InetSocketAddress remote,
            InetSocketAddress local,
            Instant openedAt,
            long receivedBytes,
            long receivedMessages,
            long sentBytes,
            long pendingBytes,
            Duration idle,
            Set<PauseReason> pausedBy) {
        this(
                id,
                protocol,
                remote,
                local,
                openedAt,
                receivedBytes,
                receivedMessages,
                sentBytes,
                pendingBytes,
                idle,
                pausedBy,
                null,
                null);
    }
}
