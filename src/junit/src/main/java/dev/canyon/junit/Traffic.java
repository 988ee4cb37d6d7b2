package dev.canyon.junit;

import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.FaultObserver;
import dev.canyon.engine.fault.Markable;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.Flow;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.tls.TlsFailure;
import dev.canyon.engine.traffic.Tap;
import dev.canyon.net.IpText;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a listener has received and sent since the test began, and its events. Written on event loops, which wait for a reader no longer
 * than it takes to copy what was received.
 */
final class Traffic implements Tap, SocketObserver, FaultObserver {

    static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Map<Long, ConnectionTraffic> connections = new LinkedHashMap<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private final RecentEvents events = new RecentEvents();
    private long bytes;

    /** Including those that are not kept. */
    private long receivedChunks;

    /** What was read at once. */
    private record Chunk(Flow flow, byte[] bytes) {}

    private static final class ConnectionTraffic {

        private final InetSocketAddress client;
        private long sentBytes;
        /** Whether it was accepted or has received something in this test. */
        private boolean used = true;

        private @Nullable CloseReason closed;

        ConnectionTraffic(InetSocketAddress client) {
            this.client = client;
        }
    }

    /** Begins a test: forgets everything but open connections. */
    synchronized void begin() {
        chunks.clear();
        bytes = 0;
        receivedChunks = 0;
        connections.values().removeIf(connection -> connection.closed != null);
        connections.values().forEach(connection -> {
            connection.sentBytes = 0;
            connection.used = false;
        });
        events.clear();
    }

    synchronized List<Connection> connections() {
        return connections.entrySet().stream()
                .filter(entry -> entry.getValue().used)
                .map(entry -> new Connection(
                        entry.getKey(),
                        entry.getValue().client,
                        received(entry.getKey()),
                        entry.getValue().sentBytes,
                        entry.getValue().closed))
                .toList();
    }

    synchronized long connectionCount() {
        return connections.values().stream()
                .filter(connection -> connection.used)
                .count();
    }

    synchronized long openConnections() {
        return connections.values().stream()
                .filter(connection -> connection.used && connection.closed == null)
                .count();
    }

    synchronized List<Datagram> datagrams() {
        requireComplete();
        return chunks.stream()
                .map(chunk -> new Datagram(chunk.flow.remote(), Payload.of(chunk.bytes)))
                .toList();
    }

    /** On UDP, the number of datagrams. */
    synchronized long receivedCount() {
        return receivedChunks;
    }

    /** Everything in the order of its arrival. */
    synchronized Payload received() {
        requireComplete();
        return join(chunks);
    }

    private Payload received(long connection) {
        requireComplete();
        return join(chunks.stream()
                .filter(chunk -> chunk.flow.connection() == connection)
                .toList());
    }

    private void requireComplete() {
        if (bytes > MAX_BYTES) {
            throw new IllegalStateException(
                    bytes + " bytes were received in this test, of which at most " + MAX_BYTES + " are kept");
        }
    }

    private static Payload join(List<Chunk> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(part -> all.writeBytes(part.bytes));
        return Payload.of(all.toByteArray());
    }

    synchronized String events() {
        return events.toString();
    }

    /**
     * Waits until a condition holds, which is checked whenever something happens.
     *
     * @return whether it holds
     */
    synchronized boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private void happened(String event) {
        events.add(event);
        notifyAll();
    }

    @Override
    public synchronized Markable received(Flow flow, ByteBuffer buffer) {
        byte[] copy = copy(buffer);
        receivedChunks++;
        bytes += copy.length;
        if (bytes <= MAX_BYTES) {
            chunks.add(new Chunk(flow, copy));
        }
        ConnectionTraffic connection = connections.get(flow.connection());
        if (connection != null) {
            connection.used = true;
        }
        happened(IpText.of(flow.remote()) + " received " + describe(copy));
        return Markable.NONE;
    }

    @Override
    public synchronized void sent(Flow flow, ByteBuffer buffer, List<String> faults) {
        byte[] copy = copy(buffer);
        ConnectionTraffic connection = connections.get(flow.connection());
        if (connection != null) {
            connection.sentBytes += copy.length;
        }
        happened(IpText.of(flow.remote()) + " sent " + describe(copy)
                + (faults.isEmpty() ? "" : ", changed by " + String.join(", ", faults)));
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    private static String describe(byte[] bytes) {
        return bytes.length + " bytes: " + Payload.of(bytes);
    }

    @Override
    public synchronized void accepted(Peer connection) {
        connections.put(connection.id(), new ConnectionTraffic(connection.remote()));
        happened(IpText.of(connection.remote()) + " accepted");
    }

    @Override
    public synchronized void closed(Peer connection, CloseReason reason) {
        ConnectionTraffic known = connections.get(connection.id());
        if (known != null) {
            known.closed = reason;
        }
        happened(IpText.of(connection.remote()) + " closed (" + reason + ")");
    }

    /** The other call for a closed connection has more to tell. */
    @Override
    public void closed(Flow connection, CloseReason reason, boolean reset) {}

    @Override
    public synchronized void rejected(InetSocketAddress remote, RejectReason reason) {
        happened(IpText.of(remote) + " rejected: " + reason.explanation());
    }

    @Override
    public synchronized void handshakeFailed(InetSocketAddress remote, TlsFailure cause) {
        happened(IpText.of(remote) + " rejected, TLS handshake failed: " + cause.explanation());
    }

    @Override
    public synchronized void dropped(InetSocketAddress remote, DropReason reason) {
        happened(IpText.of(remote) + " not answered: " + reason.explanation());
    }

    @Override
    public synchronized void added(ActiveFault fault) {
        happened("fault " + fault.id() + " added");
    }

    @Override
    public synchronized void removed(ActiveFault fault) {
        happened("fault " + fault.id() + " removed");
    }

    @Override
    public synchronized void applied(ActiveFault fault) {
        happened("fault " + fault.id() + " applied");
    }

    @Override
    public void expired(ActiveFault fault) {
        removed(fault);
    }

    @Override
    public void removed() {}
}
