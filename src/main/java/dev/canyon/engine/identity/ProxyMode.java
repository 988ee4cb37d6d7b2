package dev.canyon.engine.identity;

import dev.canyon.net.WireName;

/** From whom a PROXY header is expected. Never decided by what a client sends, which the specification forbids (section 2). */
public enum ProxyMode {
    /** From nobody: what looks like a header is data. */
    OFF,
    /** From everyone. */
    REQUIRED,
    /** From the sources in {@code trusted}; what others send is data. */
    FROM_TRUSTED;

    /** The name used in the API, for example {@code from-trusted}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
