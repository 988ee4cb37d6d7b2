package dev.canyon.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.tls.TlsCertificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateExpiryTest {

    private static final Instant END = Instant.parse("2031-05-01T12:00:00Z");
    private static final TlsCertificate CERTIFICATE = new TlsCertificate("CN=edge", "CN=ca", END, "00");

    @Test
    void warnsFrom14DaysBefore() {
        assertThat(CertificateExpiry.of(
                        CERTIFICATE, END.minus(Duration.ofDays(14)).minusSeconds(1)))
                .isNull();
        assertThat(CertificateExpiry.of(CERTIFICATE, END.minus(Duration.ofDays(14))))
                .isEqualTo("CN=edge expires at 2031-05-01T12:00:00Z");
        assertThat(CertificateExpiry.of(CERTIFICATE, END.plusSeconds(1)))
                .isEqualTo("CN=edge has expired at 2031-05-01T12:00:00Z");
    }
}
