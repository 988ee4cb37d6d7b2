package dev.canyon.engine.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts one accepted connection. Netty's handler with the rules of an echo server: a reset connection ends without
 * close_notify, renegotiation is refused, and the sending side can be closed on its own.
 *
 * <p>Used on the connection's event loop.
 */
public final class TlsHandler extends SslHandler {

    /** How long a close waits for the client to read what precedes close_notify. */
    private static final long CLOSE_NOTIFY_MILLIS = 1_000;

    /** The content type of handshake messages in TLS 1.2 (RFC 5246, 6.2.1); TLS 1.3 encrypts the type. */
    private static final byte HANDSHAKE = 22;

    private boolean established;
    private boolean outputClosed;

    private TlsHandler(SSLEngine engine) {
        super(engine);
        // The connection has a timeout of its own, which includes the choice of the certificate.
        setHandshakeTimeoutMillis(0);
        setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
    }

    /** A handler for a connection that was accepted. */
    public static TlsHandler server(TlsContext context, TlsSettings settings) {
        SSLEngine engine = context.ssl().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(settings.protocols().toArray(String[]::new));
        if (!context.ciphers().isEmpty()) {
            parameters.setCipherSuites(context.ciphers().toArray(String[]::new));
        }
        parameters.setApplicationProtocols(settings.alpn().toArray(String[]::new));
        switch (settings.clientAuth()) {
            case NONE -> parameters.setNeedClientAuth(false);
            case WANT -> parameters.setWantClientAuth(true);
            case NEED -> parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return new TlsHandler(engine);
    }

    /**
     * The handshake is complete.
     *
     * @param micros its duration
     */
    public TlsSession established(long micros) {
        established = true;
        SSLSession session = engine().getSession();
        String alpn = engine().getApplicationProtocol();
        return new TlsSession(
                session.getProtocol(),
                session.getCipherSuite(),
                alpn == null || alpn.isEmpty() ? null : alpn,
                serverName(session),
                clientCertificate(session),
                micros,
                false);
    }

    private static @Nullable String serverName(SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }

    private static @Nullable TlsCertificate clientCertificate(SSLSession session) {
        try {
            Certificate first = session.getPeerCertificates()[0];
            return first instanceof X509Certificate x509 ? TlsCertificate.of(x509) : null;
        } catch (SSLPeerUnverifiedException ex) {
            return null;
        }
    }

    /** One record, which is complete in the buffer or not; the buffer begins with it. */
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
        if (established && in.isReadable() && in.getByte(in.readerIndex()) == HANDSHAKE) {
            in.skipBytes(in.readableBytes());
            throw new SSLProtocolException("renegotiation is refused");
        }
        super.decode(ctx, in, out);
    }

    /**
     * Sends close_notify. What the client sends afterwards must not reach this handler.
     *
     * @return completes when the kernel has accepted it
     */
    public ChannelFuture closeOutput() {
        outputClosed = true;
        return closeOutbound();
    }

    /** Without close_notify if it was sent before, and on a reset, which discards what was not sent (socket(7), SO_LINGER). */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        boolean reset = ctx.channel() instanceof SocketChannel socket
                && socket.isOpen()
                && socket.config().getSoLinger() == 0;
        if (outputClosed || reset) {
            ctx.close(promise);
        } else {
            super.close(ctx, promise);
        }
    }
}
