package dev.canyon.inspect;

import dev.canyon.listener.ListenerObserver;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.CloseReason;
import dev.canyon.transport.DropReason;
import dev.canyon.transport.Peer;
import dev.canyon.transport.Protocol;
import dev.canyon.transport.RejectReason;
import dev.canyon.transport.SocketObserver;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes down what happens to one listener. */
final class Recorder implements ListenerObserver, SocketObserver {

    private final String listener;
    private final Journal journal;
    private final Repeats.Later later;
    private final History history;
    /** By reason. Made when first needed: most listeners never reject or drop. */
    private final Map<Enum<?>, Repeats> repeats = new ConcurrentHashMap<>();

    Recorder(String listener, Journal journal, History history, Repeats.Later later) {
        this.listener = listener;
        this.journal = journal;
        this.history = history;
        this.later = later;
    }

    String listener() {
        return listener;
    }

    History history() {
        return history;
    }

    @Override
    public void created() {
        journal.open(this);
    }

    @Override
    public void listening(BoundEndpoint endpoint) {
        tell(null, new Happening.Bound(endpoint.protocol(), endpoint.address()));
        if (endpoint.protocol() == Protocol.TCP) {
            tell(null, new Happening.Listening(endpoint.address(), endpoint.backlog()));
        }
    }

    @Override
    public void stopped(BoundEndpoint endpoint) {
        tell(null, new Happening.Stopped(endpoint.address()));
    }

    @Override
    public void failed(Failed failure) {
        tell(null, new Happening.Failed(failure.reason(), failure.detail(), failure.nextRetryAt()));
    }

    @Override
    public void deleted() {
        journal.close(this);
    }

    @Override
    public SocketObserver sockets() {
        return this;
    }

    @Override
    public void accepted(Peer connection) {
        tell(connection.remote(), new Happening.Accepted(connection.id()));
    }

    @Override
    public void closed(Peer connection, CloseReason reason) {
        tell(
                connection.remote(),
                new Happening.Closed(connection.id(), reason, connection.receivedBytes(), connection.sentBytes()));
    }

    @Override
    public void rejected(InetSocketAddress remote, RejectReason reason) {
        Repeats known = repeats.get(reason);
        (known != null ? known : repeats(reason, new Happening.Rejected(reason))).happened(remote);
    }

    @Override
    public void dropped(InetSocketAddress remote, DropReason reason) {
        Repeats known = repeats.get(reason);
        (known != null ? known : repeats(reason, new Happening.Dropped(reason))).happened(remote);
    }

    private Repeats repeats(Enum<?> reason, Happening what) {
        return repeats.computeIfAbsent(
                reason, first -> new Repeats(later, (remote, count) -> journal.add(this, remote, what, count)));
    }

    private void tell(@Nullable InetSocketAddress remote, Happening what) {
        journal.add(this, remote, what, 1);
    }
}
