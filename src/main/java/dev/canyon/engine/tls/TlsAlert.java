package dev.canyon.engine.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Alerts in plain text, as records of TLS 1.2, which TLS 1.3 uses before keys are known (RFC 8446, sections 5.1 and 6). */
public final class TlsAlert {

    private static final byte ALERT = 21;
    private static final byte FATAL = 2;
    private static final byte HANDSHAKE_FAILURE = 40;

    private TlsAlert() {}

    /** The fatal alert handshake_failure as one record. */
    public static ByteBuf handshakeFailure() {
        return Unpooled.wrappedBuffer(new byte[] {ALERT, 3, 3, 0, 2, FATAL, HANDSHAKE_FAILURE});
    }
}
