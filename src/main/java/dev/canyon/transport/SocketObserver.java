package dev.canyon.transport;

import java.net.InetSocketAddress;

/**
 * Told what happens on the sockets of a listener, on their event loops: returns at once and throws nothing. Those who
 * send many datagrams that are dropped make many calls.
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

    /** @param connection the last that is to be known of it */
    void closed(Peer connection, CloseReason reason);

    void rejected(InetSocketAddress remote, RejectReason reason);

    /** A datagram was received and not sent back. Not told of those that the kernel dropped: it names no source. */
    void dropped(InetSocketAddress remote, DropReason reason);
}
