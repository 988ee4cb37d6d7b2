package dev.canyon.engine.peer;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports the address under which an endpoint sees a client that was announced, and why it is not served. While no client is expected it costs one
 * read of a volatile field per connection or datagram. May be used from any thread.
 */
public final class ExpectedPeers {

    private final List<Expected> all = new CopyOnWriteArrayList<>();

    /** Begins to record the peers that use this source port. Close the result to end it. */
    public Expected expect(int port) {
        Expected expected = new Expected(port);
        all.add(expected);
        return expected;
    }

    /** Records the source of a connection or datagram. Called on event loops. */
    public void seen(InetSocketAddress peer) {
        if (all.isEmpty()) {
            return;
        }
        for (Expected expected : all) {
            if (expected.port == peer.getPort()) {
                expected.add(peer);
            }
        }
    }

    /** Records why a connection or datagram is not served. Called on event loops, before the client can notice. */
    public void notServed(InetSocketAddress peer, NotServed reason) {
        if (all.isEmpty()) {
            return;
        }
        for (Expected expected : all) {
            if (expected.port == peer.getPort()) {
                expected.add(peer, reason);
            }
        }
    }

    /** A client that is expected. */
    public final class Expected implements AutoCloseable {

        /** Bounds the memory for peers of other hosts that use the same port. */
        private static final int MAX_PEERS = 64;

        private final int port;
        private final List<InetSocketAddress> seen = new ArrayList<>();
        private final Map<InetSocketAddress, NotServed> notServed = new HashMap<>();

        private Expected(int port) {
            this.port = port;
        }

        private synchronized void add(InetSocketAddress peer) {
            if (seen.size() < MAX_PEERS && !seen.contains(peer)) {
                seen.add(peer);
                notifyAll();
            }
        }

        private synchronized void add(InetSocketAddress peer, NotServed reason) {
            if (notServed.size() < MAX_PEERS || notServed.containsKey(peer)) {
                notServed.put(peer, reason);
            }
        }

        /**
         * Why the client was not served most recently, since the last call.
         *
         * @param client as for {@link #await}, also in what it means if only another address is known
         * @return null if it was served, or has not arrived
         */
        public synchronized @Nullable NotServed takeNotServed(InetSocketAddress client) {
            NotServed reason = notServed.get(client);
            if (reason == null && notServed.size() == 1) {
                reason = notServed.values().iterator().next();
            }
            notServed.clear();
            return reason;
        }

        /**
         * Waits until the endpoint has received something from the client.
         *
         * @param client the client's own address and port, once its socket is connected
         * @param atMostMillis 0 does not wait
         * @return the source address: that of the client; or another one, if address translation is the only
         *     explanation because no other peer used the port; null if there was no peer, or if there were several others
         */
        public synchronized @Nullable InetSocketAddress await(InetSocketAddress client, long atMostMillis)
                throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
            long left;
            while (!seen.contains(client) && (left = deadline - System.nanoTime()) > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            if (seen.contains(client)) {
                return client;
            }
            return seen.size() == 1 ? seen.get(0) : null;
        }

        @Override
        public void close() {
            all.remove(this);
        }
    }
}
