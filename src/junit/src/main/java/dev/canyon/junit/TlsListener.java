package dev.canyon.junit;

import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsSettings;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A TCP listener with TLS 1.3 and 1.2, and a self-signed certificate for {@code localhost} and the addresses of this host. */
public final class TlsListener extends TcpListener {

    TlsListener(String name, Answer answer) {
        super(name, answer, TlsSettings.with(Map.of("bundle", TlsContexts.SELF_SIGNED)));
    }

    /** For clients: trusts the certificate of the listener, and no other. */
    public SSLContext sslContext() {
        return SharedTransport.certificate().ssl();
    }
}
