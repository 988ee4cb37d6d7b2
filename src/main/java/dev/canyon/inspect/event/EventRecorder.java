package dev.canyon.inspect.event;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.FaultObserver;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.engine.identity.ProxyHeaderFailure;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.tls.TlsFailure;
import dev.canyon.listener.directory.ListenerObserver;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Records the events of one listener. */
final class EventRecorder implements ListenerObserver, SocketObserver, FaultObserver {

    private final String listener;
    private final EventLog log;
    private final EventThrottle.Scheduler scheduler;
    private final EventHistory history;
    private final PendingAccepts accepts;
    /** By reason. Created on first use: most listeners never reject or drop anything. */
    private final Map<Enum<?>, EventThrottle> throttles = new ConcurrentHashMap<>();

    /** By the id of the fault. */
    private final Map<String, CountThrottle> faulted = new ConcurrentHashMap<>();

    EventRecorder(String listener, EventLog log, EventHistory history, EventThrottle.Scheduler scheduler) {
        this.listener = listener;
        this.log = log;
        this.history = history;
        this.scheduler = scheduler;
        this.accepts = new PendingAccepts(scheduler, System::nanoTime, this::recordAccepted);
    }

    String listener() {
        return listener;
    }

    EventHistory history() {
        return history;
    }

    @Override
    public void created() {
        log.open(this);
    }

    @Override
    public void listening(BoundEndpoint endpoint) {
        record(null, new EventDetail.Bound(endpoint.protocol(), endpoint.address()));
        if (endpoint.protocol() == Protocol.TCP) {
            record(null, new EventDetail.Listening(endpoint.address(), endpoint.backlog()));
        }
    }

    @Override
    public void stopped(BoundEndpoint endpoint) {
        record(null, new EventDetail.Stopped(endpoint.address()));
    }

    @Override
    public void failed(Failed failure) {
        record(null, new EventDetail.Failed(failure.reason(), failure.detail(), failure.nextRetryAt()));
    }

    @Override
    public void deleted() {
        log.close(this);
    }

    @Override
    public SocketObserver sockets() {
        return this;
    }

    @Override
    public void accepted(Peer connection) {
        accepts.add(connection);
    }

    private void recordAccepted(Peer connection) {
        log.add(this, connection.openedAt(), connection.remote(), new EventDetail.Accepted(connection.id()), 1);
    }

    @Override
    public void closed(Peer connection, CloseReason reason) {
        if (reason == CloseReason.PROBE && accepts.discard(connection.id())) {
            repeated(reason, new EventDetail.Probed(), connection.remote());
            return;
        }
        accepts.report(connection.id());
        record(
                connection.remote(),
                new EventDetail.Closed(
                        connection.id(),
                        reason,
                        connection.receivedBytes(),
                        connection.sentBytes(),
                        connection.tls() != null && connection.tls().truncated()));
    }

    @Override
    public void rejected(InetSocketAddress remote, RejectReason reason) {
        repeated(reason, new EventDetail.Rejected(reason), remote);
    }

    @Override
    public void handshakeFailed(InetSocketAddress remote, TlsFailure cause) {
        repeated(cause, new EventDetail.HandshakeFailed(cause), remote);
    }

    @Override
    public void headerFailed(InetSocketAddress remote, ProxyHeaderFailure cause) {
        repeated(cause, new EventDetail.HeaderFailed(cause), remote);
    }

    @Override
    public void dropped(InetSocketAddress remote, DropReason reason) {
        repeated(reason, new EventDetail.Dropped(reason), remote);
    }

    @Override
    public FaultObserver faults() {
        return this;
    }

    @Override
    public void added(ActiveFault fault) {
        record(null, new EventDetail.FaultAdded(describe(fault)));
    }

    @Override
    public void removed(ActiveFault fault) {
        faulted.remove(fault.id());
        record(null, new EventDetail.FaultRemoved(describe(fault)));
    }

    @Override
    public void expired(ActiveFault fault) {
        faulted.remove(fault.id());
        record(null, new EventDetail.FaultExpired(describe(fault)));
    }

    @Override
    public void applied(ActiveFault fault) {
        CountThrottle throttle = faulted.get(fault.id());
        if (throttle == null) {
            EventDetail detail = new EventDetail.Faulted(describe(fault));
            throttle = faulted.computeIfAbsent(
                    fault.id(), first -> new CountThrottle(scheduler, count -> log.add(this, null, detail, count)));
        }
        throttle.occurred();
    }

    private static String describe(ActiveFault fault) {
        return fault.id() + " (" + FaultTypes.nameOf(fault.fault().effect()) + ")";
    }

    private void repeated(Enum<?> reason, EventDetail detail, InetSocketAddress remote) {
        EventThrottle throttle = throttles.get(reason);
        if (throttle == null) {
            throttle = throttles.computeIfAbsent(
                    reason,
                    first -> new EventThrottle(scheduler, (source, count) -> log.add(this, source, detail, count)));
        }
        throttle.occurred(remote);
    }

    private void record(@Nullable InetSocketAddress remote, EventDetail detail) {
        log.add(this, remote, detail, 1);
    }
}
