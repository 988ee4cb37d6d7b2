package dev.canyon.engine.peer;

import dev.canyon.engine.identity.ProxyHeaderFailure;
import dev.canyon.engine.tls.TlsFailure;
import java.net.InetSocketAddress;

/**
 * Receives the events of the sockets of a listener, on their event loops. Implementations must not block or throw. A flood of
 * dropped datagrams causes as many calls.
 */
public interface SocketObserver {

    SocketObserver NONE = new SocketObserver() {
        @Override
        public void accepted(Peer connection) {}

        @Override
        public void closed(Peer connection, CloseReason reason) {}

        @Override
        public void rejected(InetSocketAddress remote, RejectReason reason) {}

        @Override
        public void dropped(InetSocketAddress remote, DropReason reason) {}
    };

    void accepted(Peer connection);

    /** @param connection with its final counters */
    void closed(Peer connection, CloseReason reason);

    void rejected(InetSocketAddress remote, RejectReason reason);

    /** A connection was rejected because its TLS handshake failed. */
    default void handshakeFailed(InetSocketAddress remote, TlsFailure cause) {
        rejected(remote, RejectReason.TLS);
    }

    /**
     * A connection was rejected because its PROXY header could not be read.
     *
     * @param remote the address of the socket
     */
    default void headerFailed(InetSocketAddress remote, ProxyHeaderFailure cause) {
        rejected(remote, RejectReason.PROXY_HEADER);
    }

    /** A datagram was received and not answered. Not called for datagrams dropped by the kernel, whose source is unknown. */
    void dropped(InetSocketAddress remote, DropReason reason);
}
