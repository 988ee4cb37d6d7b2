package dev.canyon.dial;

import dev.canyon.dial.tls.ClientHandshake;
import dev.canyon.dial.tls.TlsFailedException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLException;

/** TLS of a connection on an event loop. */
public final class EventLoopTls {

    /** How long the end of a connection waits for a peer that does not read. */
    private static final long CLOSE_NOTIFY_MILLIS = 500;

    private final ClientHandshake handshake;
    private final long timeoutMillis;
    private final SslHandler handler;

    /** @param timeout of the handshake */
    public EventLoopTls(ClientHandshake handshake, Duration timeout) {
        this.handshake = handshake;
        timeoutMillis = timeout.toMillis();
        handler = new SslHandler(handshake.engine());
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
    }

    public ClientHandshake handshake() {
        return handshake;
    }

    SslHandler handler() {
        return handler;
    }

    /** Explains an exception of the connection if it comes from TLS; returns any other one. */
    public Throwable explain(Throwable thrown) {
        Throwable cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof NotSslRecordException) {
            return plainText(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return handshake.timedOut(timeoutMillis);
        }
        if (cause instanceof ClosedChannelException
                && !handler.handshakeFuture().isSuccess()) {
            return handshake.closed();
        }
        return cause instanceof SSLException ? handshake.failure(cause) : cause;
    }

    /** @param message ends with what the peer sent, in hexadecimal */
    private TlsFailedException plainText(String message) {
        String hex = message.replaceFirst(".*[^0-9a-f]", "");
        return handshake.plainText(hex.length() % 2 == 0 ? HexFormat.of().parseHex(hex) : new byte[0]);
    }
}
