package dev.canyon.engine.tls;

/** The bundles that endpoints can use, by name. May be used from any thread. */
@FunctionalInterface
public interface TlsContexts {

    /** The name of the bundle that is always there: a certificate that is created when it is first used. */
    String SELF_SIGNED = "self-signed";

    /** The name of the bundle whose certificate has expired on purpose. */
    String EXPIRED = "expired";

    /** Has no bundle. */
    TlsContexts NONE = bundle -> {
        throw new TlsUnavailableException("there is no SSL bundle '" + bundle + "'");
    };

    /**
     * The current state of a bundle, which changes when its files do. The first call for a bundle may block for some seconds; later
     * ones do not, and are made on event loops.
     *
     * @throws TlsUnavailableException if there is no such bundle, or if it cannot be used
     */
    TlsContext get(String bundle);

    /**
     * Checks a bundle. A certificate that {@link #get} would create is assumed to be usable, and is not created.
     *
     * @throws TlsUnavailableException if there is no such bundle, or if it cannot be used
     */
    default void require(String bundle) {
        get(bundle);
    }
}
