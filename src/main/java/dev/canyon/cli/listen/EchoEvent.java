package dev.canyon.cli.listen;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.net.IpText;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of an echo endpoint, with the types of the API's events; {@code received} for datagrams.
 *
 * @param detail description of the event without time and endpoint
 * @param connection id of the TCP connection; null if the event concerns none
 */
record EchoEvent(
        Instant at,
        String type,
        Protocol protocol,
        boolean isTls,
        InetSocketAddress local,
        @Nullable InetSocketAddress remote,
        String detail,
        long count,
        @Nullable String reason,
        @Nullable Long connection,
        @Nullable Long receivedBytes,
        @Nullable Long sentBytes) {

    static EchoEvent opened(OpenEndpoint echo) {
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

    static EchoEvent rejected(OpenEndpoint echo, long count, RejectReason reason) {
        return of(
                echo,
                "rejected",
                "rejected " + counted(count, "connection") + " (" + reason + ")",
                count,
                reason.toString());
    }

    static EchoEvent dropped(OpenEndpoint echo, long count, DropReason reason) {
        return of(
                echo,
                "dropped",
                "dropped " + counted(count, "datagram") + " (" + reason + ")",
                count,
                reason.toString());
    }

    /** One event for all datagrams of an interval. */
    static EchoEvent received(OpenEndpoint echo, long count, long receivedBytes, long sentBytes) {
        return new EchoEvent(
                Instant.now(),
                "received",
                echo.endpoint().protocol(),
                echo.isTls(),
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

    private static EchoEvent of(OpenEndpoint echo, String type, String detail, long count, @Nullable String reason) {
        return new EchoEvent(
                Instant.now(),
                type,
                echo.endpoint().protocol(),
                echo.isTls(),
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
                at,
                type,
                peer.protocol(),
                peer.tls() != null,
                peer.local(),
                peer.remote(),
                detail,
                1,
                reason,
                peer.id(),
                received,
                sent);
    }

    /** For example {@code 1 datagram}, {@code 2 datagrams}. */
    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
