package dev.canyon.certificate;

import dev.canyon.dial.tls.ClientBundles;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.settings.CanyonProperties;
import java.nio.file.Path;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CertificateConfiguration {

    @Bean
    SelfSignedCertificate selfSignedCertificate(CanyonProperties properties) {
        Path directory = properties.dataDir().resolve("tls");
        return new SelfSignedCertificate(directory, SelfSignedCertificate.ownKeytool());
    }

    @Bean
    TlsContexts tlsContexts(SslBundles bundles, SelfSignedCertificate selfSigned) {
        return new BundleContexts(new NamedBundles(bundles), selfSigned);
    }

    @Bean
    ClientBundles clientBundles(SslBundles bundles, SelfSignedCertificate selfSigned) {
        return new BundleClients(new NamedBundles(bundles), selfSigned);
    }
}
