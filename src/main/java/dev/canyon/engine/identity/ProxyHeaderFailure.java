package dev.canyon.engine.identity;

import dev.canyon.net.WireName;

/** Why a PROXY header that was expected could not be read. */
public enum ProxyHeaderFailure {
    /** The client sent something else, for example because it did not come through the proxy. */
    MISSING("the client's first bytes are not a PROXY header"),
    BROKEN("the header violates the PROXY protocol"),
    TOO_LONG("the header is longer than 107 bytes (version 1) or 4096 bytes (version 2)"),
    TIMEOUT("the header took longer than proxyProtocol.headerTimeoutMs"),
    /** The connection ended before the header did. */
    CLOSED("the connection was closed before the header was complete");

    private final String explanation;

    ProxyHeaderFailure(String explanation) {
        this.explanation = explanation;
    }

    /** One clause that explains the failure. */
    public String explanation() {
        return explanation;
    }

    /** The name used in events, for example {@code too-long}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
