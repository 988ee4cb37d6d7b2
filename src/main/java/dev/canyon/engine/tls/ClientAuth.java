package dev.canyon.engine.tls;

import dev.canyon.net.WireName;

/** Whether clients are asked for a certificate. */
public enum ClientAuth {
    /** Clients are not asked. */
    NONE,
    /** Clients are asked; one without a certificate is accepted, one with an untrusted certificate is not. */
    WANT,
    /** Only clients with a trusted certificate are accepted. */
    NEED;

    /** The name used in the API, for example {@code want}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
