package dev.canyon.junit;

import dev.canyon.certificate.ServerContexts;
import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.tls.TlsContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The event loops of all listeners, from the first listener to the end of the test run. */
final class SharedTransport implements ExtensionContext.Store.CloseableResource {

    private static final Namespace NAMESPACE = Namespace.create(SharedTransport.class);

    /** Traffic of tests needs no more, and a test with several listeners still has two at work. */
    private static final int THREADS = 2;

    private static @Nullable TlsContext certificate;

    private final EchoTransport transport = EchoTransport.embed(THREADS, bundle -> certificate());

    static EchoTransport of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SharedTransport.class, key -> new SharedTransport(), SharedTransport.class)
                .transport;
    }

    /**
     * The certificate of all listeners with TLS. The first call blocks for about a second.
     *
     * @throws dev.canyon.engine.tls.TlsUnavailableException if it cannot be created; the next call tries again
     */
    static synchronized TlsContext certificate() {
        if (certificate == null) {
            certificate = ServerContexts.selfSigned();
        }
        return certificate;
    }

    @Override
    public void close() {
        transport.close();
    }
}
