package dev.canyon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.dial.tls.ClientIdentity;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreatedCertificateTest {

    @TempDir
    Path directory;

    @Test
    void isKeptForTheNextStartAndNamesThisHost() throws Exception {
        Path folder = directory.resolve("tls");
        TlsCertificate first = load(folder);
        assertThat(load(folder)).isEqualTo(first);
        assertThat(first.sha256()).matches("[0-9a-f]{64}");
        assertThat(first.notAfter()).isAfter(Instant.now().plus(Duration.ofDays(700)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("self-signed.p12"))) {
            store.load(in, "canyon-self-signed".toCharArray());
        }
        X509Certificate certificate = (X509Certificate) Objects.requireNonNull(store.getCertificate("canyon"));
        List<String> names = certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        assertThat(names).contains("localhost", "127.0.0.1");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("self-signed.p12"));
        }
    }

    @Test
    void isReplacedWhereItsFileIsDamaged() throws Exception {
        Files.writeString(directory.resolve("self-signed.p12"), "damaged");
        TlsCertificate made = load(directory);
        assertThat(load(directory)).isEqualTo(made);
    }

    @Test
    void isRefusedWithTheReasonWhereThereIsNoKeytool() {
        Path missing = directory.resolve("bin/keytool");
        assertThatThrownBy(() -> selfSigned(directory, new Keytool(missing)).load())
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessageContaining("has no " + missing);
        assertThat(directory).isEmptyDirectory();
    }

    private static TlsCertificate load(Path directory) {
        return selfSigned(directory, Keytool.own()).load().certificate();
    }

    private static CreatedCertificate selfSigned(Path directory, Keytool keytool) {
        return new CreatedCertificate("self-signed", new SelfSigned(), directory, keytool);
    }

    /** Its authority may be in the trust stores of clients. */
    @Test
    void anExpiredOneIsKeptWithItsAuthority() {
        ClientIdentity first = expired().identity();
        assertThat(expired().identity().chain()).isEqualTo(first.chain());
        assertThat(first.chain()).hasSize(2);
        assertThat(first.chain().get(0).getNotAfter()).isInThePast();
        assertThat(first.chain().get(1).getNotAfter()).isInTheFuture();
    }

    private CreatedCertificate expired() {
        return new CreatedCertificate("expired", WrongCertificate.EXPIRED, directory, Keytool.own());
    }
}
