package dev.canyon.engine.tls;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The certificate, private key and trusted certificates of a bundle at one time.
 *
 * @param ciphers the cipher suites allowed, in the order of preference; empty for the JDK's defaults
 * @param certificate what servers of this context present
 */
public record TlsContext(SSLContext ssl, List<String> ciphers, TlsCertificate certificate) {

    public TlsContext {
        ciphers = List.copyOf(ciphers);
    }
}
