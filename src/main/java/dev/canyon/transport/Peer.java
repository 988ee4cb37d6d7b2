package dev.canyon.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

/**
 * Somebody who talks to a listener, as it was at one moment: a TCP connection, or a source of datagrams.
 *
 * @param id grows from one to the next, and none is used twice while the process lives
 * @param local where the peer reached us; the wildcard address if no socket of that address is ours alone
 * @param openedAt when it was accepted; on UDP when the first datagram came since the source was last forgotten
 * @param receivedMessages datagrams, those dropped later included, or reads on TCP
 * @param sentBytes bytes of replies handed to the kernel; one that UDP reports as undeliverable later stays counted
 * @param pendingBytes bytes received that wait for the peer to take them; always 0 on UDP, where nothing waits
 * @param idle how long ago something last arrived, or the connection was accepted if nothing has
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
        Duration idle) {}
