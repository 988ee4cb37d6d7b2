package dev.canyon.engine.tls;

import org.jspecify.annotations.Nullable;

/** An SSL bundle does not exist or cannot be used by a server. The message names it and the reason. */
public final class TlsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TlsUnavailableException(String message) {
        this(message, null);
    }

    public TlsUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
