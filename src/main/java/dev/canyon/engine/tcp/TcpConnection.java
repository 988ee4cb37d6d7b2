package dev.canyon.engine.tcp;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.kernel.KeepAlive;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ConnectionIdentity;
import dev.canyon.engine.peer.LiveConnection;
import dev.canyon.engine.peer.LiveConnections;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.tcp.Pipeline.Slot;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.traffic.ConnectionCounter;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.engine.traffic.Tap;
import dev.canyon.net.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection: its identity, its {@link Pipeline}, and what belongs to it alone: the {@link Meter}, the {@link
 * ReadGate}, the account of {@link HeldBytes}, the {@link IdleGuard} and the {@link ConnectionDrain}.
 *
 * <p>Used on its event loop, except where a method says otherwise.
 */
final class TcpConnection implements LiveConnection {

    private static final AttributeKey<TcpConnection> ATTRIBUTE = AttributeKey.valueOf("canyon.connection");

    /** A client that stays longer without sending anything is not a probe. */
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long id;
    private final SocketChannel socket;
    private final ConnectionIdentity identity;
    private final ReadGate gate;
    private final HeldBytes held;
    private final Meter meter;
    private final IdleGuard idleGuard;
    private final ConnectionFaults faults;
    private final long openedAtMillis = System.currentTimeMillis();
    private final long openedAtNanos = System.nanoTime();
    private final Observation observation;
    private volatile @Nullable EndpointSpec applied;
    /** Null if the connection is served by the plain echo. */
    private @Nullable ConnectionReply reply;

    private final @Nullable ConnectionTls tls;
    private @Nullable ConnectionDrain drain;

    /**
     * May be called from any thread, before the connection is registered with its event loop.
     *
     * @param settings null for a connection without TLS
     */
    TcpConnection(
            long id,
            SocketChannel socket,
            ConnectionIdentity identity,
            Observation observation,
            TransportParts parts,
            @Nullable TlsSettings settings) {
        this.id = id;
        this.socket = socket;
        this.identity = identity;
        this.observation = observation;
        this.gate = new ReadGate(socket.config());
        this.held = new HeldBytes(socket, parts.byteBudget(), gate);
        EndpointCounters counters = observation.counters();
        this.meter = settings == null
                ? new Meter(counters, parts.tcpLatency(), gate, held)
                : new TlsMeter(counters, parts.tcpLatency(), gate, held);
        this.tls = settings == null ? null : new ConnectionTls(this, settings, parts, counters.tls());
        this.idleGuard = new IdleGuard(this);
        this.faults = new ConnectionFaults(this, observation.faults());
        // Connections are accepted one after another, so they are numbered in this order.
        faults.number();
        socket.attr(ATTRIBUTE).set(this);
    }

    /**
     * The connection of a socket. May be called from any thread.
     *
     * @param socket an accepted socket
     */
    static TcpConnection of(SocketChannel socket) {
        return socket.attr(ATTRIBUTE).get();
    }

    /** Any thread. */
    @Override
    public long id() {
        return id;
    }

    /** Any thread, once the connection is registered with its event loop. */
    @Override
    public Executor loop() {
        return socket.eventLoop();
    }

    SocketChannel socket() {
        return socket;
    }

    Meter meter() {
        return meter;
    }

    ReadGate gate() {
        return gate;
    }

    HeldBytes held() {
        return held;
    }

    ConnectionFaults faults() {
        return faults;
    }

    ConnectionIdentity identity() {
        return identity;
    }

    /** Any thread. The address of the client. */
    InetSocketAddress client() {
        return identity.client();
    }

    Pipeline pipeline() {
        return new Pipeline(socket.pipeline());
    }

    /** Installs the handlers that every connection uses. */
    void open() {
        Pipeline pipeline = pipeline();
        pipeline.put(Slot.METER, meter);
        pipeline.put(Slot.REPLY, EchoReply.INSTANCE);
        updateTap();
        if (tls != null) {
            tls.start();
        } else if (faults.mayConcern()) {
            faults.update();
        }
    }

    /** Any thread. */
    boolean hasTls() {
        return tls != null;
    }

    /** Any thread. */
    private boolean isInHandshake() {
        return tls != null && !tls.isEstablished();
    }

    /** The TLS handshake is complete: the connection is as one without TLS is after its accept. */
    void handshakeCompleted() {
        observation.counters().connections().handshakeCompleted();
        observation.peers().connections().accepted(this);
        if (faults.mayConcern()) {
            faults.update();
        }
        startReply();
    }

    /** Installs the handlers that answer, before anything is read. */
    void answer(ReplySettings settings) {
        if (reply != null || !settings.isPlainEcho()) {
            reply = ConnectionReply.install(this, observation.listener(), settings);
        }
    }

    /** Sends what the client receives without asking; with TLS, once the handshake is complete. */
    void start() {
        if (tls == null) {
            startReply();
        }
    }

    private void startReply() {
        if (reply != null) {
            reply.start();
        }
    }

    /** Ends what a drain would wait for in vain. */
    void yieldToDrain() {
        if (reply != null) {
            reply.yieldToDrain();
        }
        faults.yieldToDrain();
    }

    /** Nothing may be answered any more: sends at once what replies hold back. */
    void endReplies() {
        if (reply != null) {
            reply.end();
        }
    }

    /** Sends at once what replies and faults hold back, because the connection closes. */
    void endHolding() {
        endReplies();
        faults.end();
    }

    /** Counts the close of the socket. */
    void countClosed() {
        ConnectionCounter counter = observation.counters().connections();
        if (tls == null || tls.isEstablished()) {
            counter.closed(CloseReason.of(socket));
            return;
        }
        if (tls.isProbe()) {
            CloseReason.PROBE.note(socket);
        }
        if (CloseReason.isNoted(socket)) {
            counter.handshakeClosed(CloseReason.of(socket));
        } else {
            counter.handshakeFailed();
            observation.counters().tls().failed(tls.failure());
        }
    }

    /** Reports the close of the socket, after it was counted. */
    void reportClosed() {
        LiveConnections connections = observation.peers().connections();
        if (tls == null || tls.isEstablished()) {
            connections.closed(this, CloseReason.of(socket));
        } else if (CloseReason.isNoted(socket)) {
            connections.accepted(this);
            connections.closed(this, CloseReason.of(socket));
        } else {
            connections.handshakeFailed(this, tls.failure());
        }
    }

    /** Whether the connection was closed because its TLS handshake failed. */
    boolean failedHandshake() {
        return isInHandshake() && !CloseReason.isNoted(socket);
    }

    /** The number of reads of the socket. */
    long reads() {
        return tls == null ? meter.reads() : tls.reads();
    }

    /** Sends FIN, with TLS after close_notify. What arrives afterwards is discarded. */
    void closeOutput() {
        meter.countSent(socket);
        if (tls == null) {
            pipeline().put(Slot.DISCARD, DiscardInput.INSTANCE);
            socket.shutdownOutput();
        } else {
            tls.closeOutput();
        }
    }

    /** Applies the settings that can change while the connection is open. */
    void apply(EndpointSpec spec, TransportKind kind) {
        if (socket.isOpen()) {
            TcpSettings settings = (TcpSettings) spec.settings();
            socket.config().setTcpNoDelay(settings.noDelay());
            keepAlive(settings.keepAliveOptions(), kind);
            idleGuard.apply(settings);
        }
        applied = spec;
    }

    private void keepAlive(KeepAlive wanted, TransportKind kind) {
        EndpointSpec before = applied;
        if (before == null) {
            wanted.applyTo(socket, kind);
        } else if (!wanted.equals(((TcpSettings) before.settings()).keepAliveOptions())) {
            // The connection may have other values than the system's.
            wanted.withSystemDefaults().applyTo(socket, kind);
        }
    }

    /** Any thread. Null until the connection is initialized. */
    @Nullable
    EndpointSpec applied() {
        return applied;
    }

    /**
     * Closes the connection after the client has ended it.
     *
     * @param reason counted unless the connection was a probe, for example a health check
     */
    void endedByClient(CloseReason reason) {
        (isProbe() ? CloseReason.PROBE : reason).close(socket);
    }

    private boolean isProbe() {
        return meter.receivedBytes() == 0
                && meter.sentBytes(socket) == 0
                && System.nanoTime() - openedAtNanos < PROBE_NANOS;
    }

    /** Releases what the connection used; called once its socket is closed. */
    void closed() {
        idleGuard.stop();
        if (reply != null) {
            reply.discard();
        }
        if (tls != null) {
            tls.closed();
        }
        faults.discard();
        held.close();
        meter.settle();
    }

    /** Any thread. A tap or faults may have been added or removed since the connection was opened. */
    void updateLater() {
        if (observation.taps().open() != null || pipeline().has(Slot.TAP)) {
            socket.eventLoop().execute(this::updateTap);
        }
        if (faults.mayConcern()) {
            socket.eventLoop().execute(this::updateFaults);
        }
    }

    @Override
    public void numberForFaults() {
        faults.number();
    }

    @Override
    public void updateFaults() {
        if (socket.isActive() && !isInHandshake()) {
            faults.update();
        }
    }

    @Override
    public void updateTap() {
        Pipeline pipeline = pipeline();
        if (!pipeline.has(Slot.REPLY)) {
            return;
        }
        Tap wanted = observation.taps().open();
        if (wanted == null) {
            pipeline.remove(Slot.TAP);
            faults.tap(null);
        } else if (!(pipeline.get(Slot.TAP) instanceof TcpTap present && present.reportsTo(wanted))) {
            TcpTap tap = new TcpTap(wanted, identity.flow(id, tls != null));
            pipeline.put(Slot.TAP, tap);
            faults.tap(tap);
        }
    }

    /** On the event loop, or before the connection is registered with it. */
    @Override
    public Peer snapshot() {
        return new Peer(
                id,
                Protocol.TCP,
                identity.client(),
                identity.server(),
                Instant.ofEpochMilli(openedAtMillis),
                meter.receivedBytes(),
                meter.reads(),
                meter.sentBytes(socket),
                held.keptBack() + meter.waitingBytes(socket),
                Duration.ofNanos(System.nanoTime() - meter.activeAt()),
                gate.reasons(),
                tls == null ? null : tls.session());
    }

    /** Writes to the socket past the stages of faults. */
    ChannelFuture writeAndFlushBehindFaults(ByteBuf bytes) {
        return pipeline().writeAndFlushBehindFaults(bytes);
    }

    /** Sends FIN, and discards input until the client closes as well. */
    void finish() {
        endHolding();
        if (drain == null) {
            drain = ConnectionDrain.finish(this);
        }
    }

    /** Closes the connection with RST, once what was written has left. */
    void reset() {
        // With a linger time of 0, close sends RST and discards unsent data (socket(7), SO_LINGER).
        socket.config().setSoLinger(0);
        socket.close();
    }

    /**
     * Sends back what has arrived, then FIN. A drain in progress can only be shortened.
     *
     * @param deadlineNanos when to stop waiting, on the clock of {@link System#nanoTime}
     */
    void drain(long deadlineNanos) {
        if (drain == null) {
            drain = ConnectionDrain.begin(this, deadlineNanos);
        } else {
            drain.shorten(deadlineNanos);
        }
    }

    /** Any thread. */
    @Override
    public CompletableFuture<Optional<Peer>> close(CloseMode mode, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        CompletableFuture<Optional<Peer>> last = new CompletableFuture<>();
        if (socket.isOpen()) {
            // Recorded before the task runs, so that a stop that follows is not the reason.
            CloseReason.OPERATOR.note(socket);
        }
        socket.eventLoop().execute(() -> {
            if (!socket.isOpen()) {
                last.complete(Optional.empty());
                return;
            }
            socket.closeFuture().addListener(closed -> last.complete(Optional.of(snapshot())));
            switch (mode) {
                case FIN -> drain(deadline);
                case RESET -> reset();
            }
        });
        return last;
    }
}
