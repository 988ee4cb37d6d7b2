package dev.canyon.certificate;

import dev.canyon.dial.tls.ClientBundles;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.settings.CanyonProperties;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CertificateConfiguration {

    @Bean
    NamedBundles namedBundles(SslBundles bundles, CanyonProperties properties) {
        Path directory = properties.dataDir().resolve("tls");
        return new NamedBundles(bundles, new CreatedCertificates(directory, Keytool.own()));
    }

    @Bean
    TlsContexts tlsContexts(NamedBundles bundles) {
        return new BundleContexts(bundles);
    }

    @Bean(initMethod = "install", destroyMethod = "remove")
    ReloadFailures reloadFailures(SslProperties properties) {
        return new ReloadFailures(properties);
    }

    @Bean
    ClientBundles clientBundles(NamedBundles bundles) {
        return new BundleClients(bundles);
    }
}
