package dev.canyon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Certificates;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.settings.CanyonProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ReloadFailuresTest {

    @TempDir
    Path directory;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(CanyonProperties.class)
    static class Properties {}

    @Test
    void namesTheBundleWhoseFileBecameUnreadable(CapturedOutput output) throws Exception {
        Path file = Files.copy(Certificates.pem("server"), directory.resolve("edge.pem"));
        Path other = Files.copy(Certificates.pem("other"), directory.resolve("other.pem"));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withUserConfiguration(Properties.class, CertificateConfiguration.class)
                .withPropertyValues(
                        "canyon.data-dir=" + directory,
                        "spring.ssl.bundle.watch.file.quiet-period=50ms",
                        "spring.ssl.bundle.pem.edge.reload-on-update=true",
                        "spring.ssl.bundle.pem.edge.keystore.certificate=" + file,
                        "spring.ssl.bundle.pem.edge.keystore.private-key=" + file,
                        "spring.ssl.bundle.pem.fine.keystore.certificate=" + other,
                        "spring.ssl.bundle.pem.fine.keystore.private-key=" + other)
                .run(context -> {
                    TlsContexts contexts = context.getBean(TlsContexts.class);
                    assertThat(contexts.get("edge").certificate().subject()).isEqualTo("CN=server");
                    Files.writeString(file, "garbage");
                    await().untilAsserted(() -> assertThat(output).contains("SSL bundle 'edge' cannot be used: "));
                    assertThat(output)
                            .containsPattern(
                                    "SSL bundle 'edge' cannot be used: [^\n]+; its previous certificate stays\n")
                            .doesNotContain("\tat ")
                            .doesNotContain("'fine'");
                    assertThat(contexts.get("edge").certificate().subject()).isEqualTo("CN=server");
                    Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
                    await().untilAsserted(() -> assertThat(
                                    contexts.get("edge").certificate().subject())
                            .isEqualTo("CN=other"));
                });
    }
}
