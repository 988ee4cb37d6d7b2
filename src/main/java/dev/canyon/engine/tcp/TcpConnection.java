package dev.canyon.engine.tcp;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.identity.ProxyHeader;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.kernel.KeepAlive;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ConnectionIdentity;
import dev.canyon.engine.peer.LiveConnection;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.tcp.Pipeline.Slot;
import dev.canyon.engine.tls.TlsSettings;
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
    private volatile ConnectionIdentity identity;
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

    /** Null if the connection does not begin with a PROXY header. */
    private final @Nullable ConnectionProxy proxy;

    private final @Nullable Admission admission;
    private final @Nullable ConnectionTls tls;
    private final ConnectionOpening opening;
    private @Nullable ConnectionDrain drain;

    /**
     * May be called from any thread, before the connection is registered with its event loop.
     *
     * @param identity according to the socket
     * @param spec the settings with which it was accepted
     * @param admission of the client that a PROXY header names; null if the connection does not begin with one
     */
    TcpConnection(
            long id,
            SocketChannel socket,
            ConnectionIdentity identity,
            Observation observation,
            TransportParts parts,
            EndpointSpec spec,
            @Nullable Admission admission) {
        this.id = id;
        this.socket = socket;
        this.identity = identity;
        this.observation = observation;
        this.gate = new ReadGate(socket.config());
        this.held = new HeldBytes(socket, parts.byteBudget(), gate);
        EndpointCounters counters = observation.counters();
        TlsSettings settings = spec.tls();
        ProxyProtocolSettings proxies = spec.proxyProtocol();
        this.meter = settings == null
                ? new Meter(counters, parts.tcpLatency(), gate, held)
                : new TlsMeter(counters, parts.tcpLatency(), gate, held);
        this.admission = admission;
        this.proxy = admission == null || proxies == null ? null : new ConnectionProxy(this, proxies.headerTimeout());
        this.tls = settings == null ? null : new ConnectionTls(this, settings, parts, counters.tls());
        this.opening = new ConnectionOpening(this, proxy, tls);
        this.idleGuard = new IdleGuard(this);
        this.faults = new ConnectionFaults(this, observation.faults());
        // Connections are accepted one after another, so they are numbered in this order; with a PROXY header in the
        // order in which their headers arrive.
        numberForFaults();
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

    /** Any thread. */
    @Override
    public Executor loop() {
        // The connection is in the list before it has an event loop, which the loop that accepts it assigns.
        return socket.isRegistered()
                ? socket.eventLoop()
                : task -> socket.parent()
                        .eventLoop()
                        .execute(() -> socket.eventLoop().execute(task));
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

    /** Any thread. The address of the client, according to the PROXY header once it was read. */
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
        if (proxy != null) {
            proxy.start();
        } else if (tls != null) {
            tls.start();
        } else if (faults.mayConcern()) {
            faults.update();
        }
    }

    /** Decides about connections that begin with a PROXY header. */
    interface Admission {

        /**
         * Decides whether a client that a header names may use the endpoint, and counts its connection if so.
         *
         * @return null if it may
         */
        @Nullable
        RejectReason admit(SocketChannel connection, InetSocketAddress client);

        /** A connection is about to be closed. */
        void reject(InetSocketAddress peer, RejectReason reason);
    }

    /** Closes the connection because of its PROXY header. The reason is known before the client can notice. */
    void reject(RejectReason reason) {
        if (admission != null) {
            admission.reject(identity.peer(), reason);
        }
        socket.close();
    }

    /**
     * The PROXY header was read: takes over the addresses that it names.
     *
     * @return why the client is not admitted; null if it is
     */
    @Nullable
    RejectReason identify(ProxyHeader header) {
        ConnectionIdentity named = identity.behind(header);
        identity = named;
        return admission == null ? null : admission.admit(socket, named.client());
    }

    /** The client that the PROXY header names is admitted: the connection is as one without a header is after its accept. */
    void headerCompleted() {
        numberForFaults();
        updateTap();
        if (tls == null) {
            opened();
        } else {
            tls.start();
        }
    }

    /** Any thread. */
    private boolean isIdentified() {
        return proxy == null || proxy.isComplete();
    }

    /** Any thread. */
    boolean hasTls() {
        return tls != null;
    }

    /** Any thread: whether the connection will begin a TLS handshake. */
    boolean awaitsHandshake() {
        return tls != null && !tls.hasStarted();
    }

    /** The TLS handshake is complete: the connection is as one without TLS is after its accept. */
    void handshakeCompleted() {
        opened();
    }

    private void opened() {
        observation.counters().connections().openingCompleted();
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

    /** Sends what the client receives without asking; with a PROXY header or TLS, once they are complete. */
    void start() {
        if (opening.isComplete()) {
            startReply();
        }
    }

    /** Whether what is written now answers a message of a stream with framing. */
    boolean answersMessages() {
        return reply != null && reply.answersMessages();
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

    ConnectionOpening opening() {
        return opening;
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

    /** Whether nothing was received or sent within a second, as with a health check. */
    boolean isProbe() {
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
        if (proxy != null) {
            proxy.closed();
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
        if (isIdentified()) {
            faults.number();
        }
    }

    @Override
    public void updateFaults() {
        if (socket.isActive() && opening.isComplete()) {
            faults.update();
        }
    }

    @Override
    public void updateTap() {
        Pipeline pipeline = pipeline();
        if (!pipeline.has(Slot.REPLY) || !isIdentified()) {
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
        ConnectionIdentity current = identity;
        return new Peer(
                id,
                Protocol.TCP,
                current.client(),
                current.server(),
                Instant.ofEpochMilli(openedAtMillis),
                meter.receivedBytes(),
                meter.reads(),
                meter.sentBytes(socket),
                held.keptBack() + meter.waitingBytes(socket),
                Duration.ofNanos(System.nanoTime() - activeAt()),
                gate.reasons(),
                tls == null ? null : tls.session(),
                current.proxied());
    }

    /** When something last arrived, or a reply that was held back last left; on the clock of {@link System#nanoTime}. */
    long activeAt() {
        return Math.max(meter.activeAt(), held.releasedAt());
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
        loop().execute(() -> {
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
