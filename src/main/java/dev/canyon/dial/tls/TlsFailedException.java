package dev.canyon.dial.tls;

import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS with a peer failed. The message explains it to users. */
public final class TlsFailedException extends SSLException {

    private static final long serialVersionUID = 1L;

    private final TlsFault fault;

    TlsFailedException(TlsFault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public TlsFault fault() {
        return fault;
    }
}
