package dev.canyon.engine.tcp;

import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.fault.HandshakeEffect;
import dev.canyon.engine.peer.LiveConnections;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.tcp.Pipeline.Slot;
import dev.canyon.engine.tls.ServerNameHandler;
import dev.canyon.engine.tls.TlsAlert;
import dev.canyon.engine.tls.TlsFailure;
import dev.canyon.engine.tls.TlsHandler;
import dev.canyon.engine.tls.TlsSession;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.tls.TlsUnavailableException;
import dev.canyon.engine.tls.WireEdge;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.TlsCounter;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection: its handshake and its end. Behind the TLS handler, and hides it from the handlers that follow: the client's
 * close_notify is to them what its FIN is without TLS.
 *
 * <p>Until the handshake is complete, the connection is read regardless of reasons to pause, no fault is in force except those of the
 * handshake, and it counts only towards limits.
 *
 * <p>Used on the connection's event loop.
 */
final class ConnectionTls extends ChannelInboundHandlerAdapter implements ConnectionOpening.Stage {

    /** A client that stays longer without sending anything is not a probe. */
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TcpConnection connection;
    private final TlsSettings settings;
    private final TransportParts parts;
    private final TlsCounter counter;
    private final WireEdge edge;
    private volatile boolean started;
    private long startedAt = System.nanoTime();
    private @Nullable TlsHandler handler;
    private @Nullable ScheduledFuture<?> timeout;
    private volatile @Nullable TlsSession session;
    private @Nullable TlsFailure failure;
    private boolean ended;

    ConnectionTls(TcpConnection connection, TlsSettings settings, TransportParts parts, TlsCounter counter) {
        this.connection = connection;
        this.settings = settings;
        this.parts = parts;
        this.counter = counter;
        this.edge = new WireEdge(() -> connection.meter().countSent(connection.socket()));
    }

    /** Installs the handlers, and waits for the client to begin the handshake. */
    void start() {
        // Before the faults are read: a fault that is added now numbers the connection, or is found here.
        started = true;
        startedAt = System.nanoTime();
        Pipeline pipeline = connection.pipeline();
        connection.gate().exempt(true);
        pipeline.put(Slot.WIRE, edge);
        pipeline.put(Slot.TLS_END, this);
        if (settings.sni().isEmpty() && !connection.faults().mayFailHandshake()) {
            use(settings.bundle());
        } else {
            pipeline.put(Slot.TLS, new ServerNameHandler(this::helloReceived));
        }
        long millis = settings.handshakeTimeout().toMillis();
        if (millis > 0) {
            timeout = connection.socket().eventLoop().schedule(this::timedOut, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Any thread. */
    boolean hasStarted() {
        return started;
    }

    private void helloReceived(@Nullable String serverName) {
        HandshakeEffect.Ending ending =
                serverName == null ? null : connection.faults().failHandshake();
        if (ending == null) {
            use(settings.bundleFor(serverName == null ? "" : serverName));
        } else {
            failOnPurpose(ending);
        }
    }

    private void failOnPurpose(HandshakeEffect.Ending ending) {
        failure = TlsFailure.FAULT;
        Pipeline pipeline = connection.pipeline();
        pipeline.put(Slot.TLS, new DiscardHandshake());
        switch (ending) {
            case ALERT -> {
                pipeline.writeAndFlushPastTls(TlsAlert.handshakeFailure());
                pipeline.closePastTls();
            }
            case CLOSE -> pipeline.closePastTls();
            case RESET -> connection.reset();
            case STALL -> {
                // The handshake timeout or the client ends it.
            }
        }
    }

    /** Takes the place of the TLS handler where the handshake fails on purpose: what the client sends is not counted. */
    private static final class DiscardHandshake extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ReferenceCountUtil.release(bytes);
        }
    }

    private void use(String bundle) {
        try {
            TlsHandler chosen = TlsHandler.server(parts.tls().get(bundle), settings);
            handler = chosen;
            connection.pipeline().put(Slot.TLS, chosen);
        } catch (TlsUnavailableException ex) {
            // It was there when the port was opened; since then it was changed to one that cannot be used.
            fail(TlsFailure.NO_CERTIFICATE);
        }
    }

    private void timedOut() {
        if (!isComplete()) {
            fail(TlsFailure.TIMEOUT);
        }
    }

    private void fail(TlsFailure cause) {
        if (failure == null) {
            failure = cause;
        }
        connection.pipeline().closePastTls();
    }

    /** What was negotiated; null while the handshake is not complete. */
    @Nullable
    TlsSession session() {
        return session;
    }

    @Override
    public boolean isComplete() {
        return session != null;
    }

    @Override
    public RejectReason rejection() {
        return RejectReason.TLS;
    }

    @Override
    public void countRejection(EndpointCounters counters) {
        counters.connections().openingRejected(RejectReason.TLS);
        counter.failed(failure());
    }

    @Override
    public void reportRejection(LiveConnections connections) {
        connections.handshakeFailed(connection, failure());
    }

    /** The number of reads of the socket. */
    long reads() {
        return edge.reads();
    }

    private TlsFailure failure() {
        return failure == null ? TlsFailure.CLOSED : failure;
    }

    @Override
    public boolean isProbe() {
        return failure == null && !edge.hasReceived() && System.nanoTime() - startedAt < PROBE_NANOS;
    }

    /** The connection was closed. */
    void closed() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                established();
            } else if (!isComplete() && failure == null) {
                failure = TlsFailure.of(handshake.cause());
            }
        } else if (event instanceof SslCloseCompletionEvent close) {
            if (close.isSuccess()) {
                end(ctx);
            }
        } else if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            endOfStream(ctx);
        } else if (!(event instanceof SniCompletionEvent)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void established() {
        TlsHandler tls = handler;
        if (tls == null || isComplete() || failure != null) {
            return;
        }
        closed();
        TlsSession negotiated = tls.established(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedAt));
        session = negotiated;
        counter.completed(negotiated.protocol());
        connection.handshakeCompleted();
        connection.gate().exempt(false);
    }

    /** The client's FIN. */
    private void endOfStream(ChannelHandlerContext ctx) {
        TlsSession established = session;
        if (established == null) {
            ctx.channel().close();
            return;
        }
        if (!ended) {
            session = established.endedWithoutCloseNotify();
            counter.truncated();
        }
        end(ctx);
    }

    private void end(ChannelHandlerContext ctx) {
        if (!ended && isComplete()) {
            ended = true;
            ctx.fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (isComplete()) {
            ctx.fireExceptionCaught(cause);
        } else {
            fail(TlsFailure.of(cause));
        }
    }

    /** Sends close_notify and FIN. What arrives afterwards is discarded. */
    void closeOutput() {
        SocketChannel socket = connection.socket();
        TlsHandler tls = handler;
        edge.discard();
        if (tls == null || connection.held().waitsForPeer()) {
            // Behind bytes that the client does not read, close_notify would never leave.
            socket.shutdownOutput();
            return;
        }
        ChannelFutureListener shutdown = sent -> {
            connection.meter().countSent(socket);
            socket.shutdownOutput();
        };
        tls.closeOutput().addListener(shutdown);
    }
}
