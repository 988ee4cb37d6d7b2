package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.settings.CanyonProperties;
import java.nio.file.Path;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CertificateConfiguration {

    @Bean
    TlsContexts tlsContexts(SslBundles bundles, CanyonProperties properties) {
        Path directory = properties.dataDir().resolve("tls");
        return new BundleContexts(bundles, new SelfSignedCertificate(directory, SelfSignedCertificate.ownKeytool()));
    }
}
