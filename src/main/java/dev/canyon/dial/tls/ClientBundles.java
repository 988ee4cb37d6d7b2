package dev.canyon.dial.tls;

/** The SSL bundles that clients can use, by name, in their current state. May be used from any thread; may block for a second. */
public interface ClientBundles {

    /**
     * The certificates that a bundle trusts.
     *
     * @throws dev.canyon.engine.tls.TlsUnavailableException if there is no such bundle, or if it has no trust store
     */
    PeerTrust trust(String bundle);

    /**
     * The certificate and private key of a bundle.
     *
     * @throws dev.canyon.engine.tls.TlsUnavailableException if there is no such bundle, or if it has no private key
     */
    ClientIdentity identity(String bundle);
}
