package dev.canyon.cli;

import dev.canyon.transport.CloseReason;
import dev.canyon.transport.DropReason;
import dev.canyon.transport.IpText;
import dev.canyon.transport.Peer;
import dev.canyon.transport.Protocol;
import dev.canyon.transport.RejectReason;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an echo endpoint, in the words of the API's events.
 *
 * @param detail all of it but time and endpoint, for people
 * @param connection the id of the TCP connection that it is about; null if there is none
 */
record EchoEvent(
        Instant at,
        String type,
        Protocol protocol,
        InetSocketAddress local,
        @Nullable InetSocketAddress remote,
        String detail,
        long count,
        @Nullable String reason,
        @Nullable Long connection,
        @Nullable Long receivedBytes,
        @Nullable Long sentBytes) {

    static EchoEvent opened(Echo echo) {
        Protocol protocol = echo.endpoint().protocol();
        return protocol == Protocol.TCP
                ? of(echo, "listening", "listening, backlog " + echo.endpoint().backlog(), 1, null)
                : of(echo, "bound", "bound", 1, null);
    }

    static EchoEvent accepted(Peer peer) {
        return of(peer, peer.openedAt(), "accepted", "accepted " + IpText.of(peer.remote()), null, null, null);
    }

    static EchoEvent closed(Peer peer, CloseReason reason) {
        return of(
                peer,
                Instant.now(),
                "closed",
                "closed " + IpText.of(peer.remote()) + " (" + reason + "): " + peer.receivedBytes()
                        + " bytes received, " + peer.sentBytes() + " sent",
                reason.toString(),
                peer.receivedBytes(),
                peer.sentBytes());
    }

    static EchoEvent rejected(Echo echo, long count, RejectReason reason) {
        return of(
                echo,
                "rejected",
                "rejected " + counted(count, "connection") + " (" + reason + ")",
                count,
                reason.toString());
    }

    static EchoEvent dropped(Echo echo, long count, DropReason reason) {
        return of(
                echo,
                "dropped",
                "dropped " + counted(count, "datagram") + " (" + reason + ")",
                count,
                reason.toString());
    }

    /** Datagrams, told together. */
    static EchoEvent received(Echo echo, long count, long receivedBytes, long sentBytes) {
        return new EchoEvent(
                Instant.now(),
                "received",
                echo.endpoint().protocol(),
                echo.endpoint().address(),
                null,
                "received " + counted(count, "datagram") + ": " + receivedBytes + " bytes received, " + sentBytes
                        + " sent",
                count,
                null,
                null,
                receivedBytes,
                sentBytes);
    }

    private static EchoEvent of(Echo echo, String type, String detail, long count, @Nullable String reason) {
        return new EchoEvent(
                Instant.now(),
                type,
                echo.endpoint().protocol(),
                echo.endpoint().address(),
                null,
                detail,
                count,
                reason,
                null,
                null,
                null);
    }

    private static EchoEvent of(
            Peer peer,
            Instant at,
            String type,
            String detail,
            @Nullable String reason,
            @Nullable Long received,
            @Nullable Long sent) {
        return new EchoEvent(
                at, type, peer.protocol(), peer.local(), peer.remote(), detail, 1, reason, peer.id(), received, sent);
    }

    /** For example {@code 1 datagram}, {@code 2 datagrams}. */
    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
