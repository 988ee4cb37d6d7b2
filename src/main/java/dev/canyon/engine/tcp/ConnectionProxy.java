package dev.canyon.engine.tcp;

import dev.canyon.engine.identity.ProxyHeader;
import dev.canyon.engine.identity.ProxyHeaderDecoder;
import dev.canyon.engine.identity.ProxyHeaderFailure;
import dev.canyon.engine.identity.ProxyHeaders;
import dev.canyon.engine.peer.LiveConnections;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.tcp.Pipeline.Slot;
import dev.canyon.engine.traffic.EndpointCounters;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The PROXY header of one connection. Stands behind the decoder and keeps all events from the handlers that follow, until the header
 * is complete and the client that it names is admitted.
 *
 * <p>Used on the connection's event loop, except where a method says otherwise.
 */
final class ConnectionProxy extends ChannelInboundHandlerAdapter implements ConnectionOpening.Stage {

    /** A client that stays longer without sending anything is not a probe. */
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TcpConnection connection;
    private final Duration timeout;
    private final ProxyHeaderDecoder decoder = new ProxyHeaderDecoder(this::fail);
    private final long startedAt = System.nanoTime();
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable ProxyHeaderFailure failure;
    private @Nullable RejectReason notAdmitted;
    private volatile boolean complete;

    /** @param timeout 0 for none */
    ConnectionProxy(TcpConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /** Installs the handlers, and waits for the header. */
    void start() {
        Pipeline pipeline = connection.pipeline();
        connection.gate().exempt(true);
        pipeline.put(Slot.PROXY_HEADER, decoder);
        pipeline.put(Slot.PROXY_END, this);
        if (!timeout.isZero()) {
            timer = connection
                    .socket()
                    .eventLoop()
                    .schedule(() -> fail(ProxyHeaderFailure.TIMEOUT), timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The connection was closed. */
    void closed() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HAProxyMessage header && ctx.channel().isActive() && !isRejected()) {
                read(ProxyHeaders.of(header));
            }
        } finally {
            // Also the data behind the header of a client that is not admitted.
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ProxyHeader header) {
        notAdmitted = connection.identify(header);
        if (notAdmitted != null) {
            connection.reject(notAdmitted);
            return;
        }
        complete = true;
        closed();
        connection.gate().exempt(false);
        connection.headerCompleted();
        connection.pipeline().remove(Slot.PROXY_END);
    }

    private void fail(ProxyHeaderFailure cause) {
        if (!complete && !isRejected()) {
            failure = cause;
            connection.reject(RejectReason.PROXY_HEADER);
        }
    }

    private boolean isRejected() {
        return failure != null || notAdmitted != null;
    }

    /** Nothing was read that would concern the handlers that follow. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {}

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            ctx.channel().close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause instanceof IOException ? ProxyHeaderFailure.CLOSED : ProxyHeaderFailure.BROKEN);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public boolean isProbe() {
        return !isRejected() && !decoder.hasReceived() && System.nanoTime() - startedAt < PROBE_NANOS;
    }

    @Override
    public RejectReason rejection() {
        return notAdmitted == null ? RejectReason.PROXY_HEADER : notAdmitted;
    }

    @Override
    public void countRejection(EndpointCounters counters) {
        counters.connections().openingRejected(rejection());
    }

    @Override
    public void reportRejection(LiveConnections connections) {
        if (notAdmitted == null) {
            connections.headerFailed(connection, failure());
        } else {
            connections.rejected(connection, notAdmitted);
        }
    }

    private ProxyHeaderFailure failure() {
        if (failure != null) {
            return failure;
        }
        return decoder.isDecoding() ? ProxyHeaderFailure.BROKEN : ProxyHeaderFailure.CLOSED;
    }
}
