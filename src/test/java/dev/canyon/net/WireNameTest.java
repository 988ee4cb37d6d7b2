package dev.canyon.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class WireNameTest {

    private enum Sample {
        PORT_IN_USE,
        IO_URING,
        TIMEOUT
    }

    @Test
    void isInLowerCaseWithHyphens() {
        assertThat(WireName.of(Sample.PORT_IN_USE)).isEqualTo("port-in-use");
        assertThat(WireName.of(Sample.IO_URING)).isEqualTo("io-uring");
        assertThat(WireName.of(Sample.TIMEOUT)).isEqualTo("timeout");
    }

    /** In Turkish the lower case of I has no dot. */
    @Test
    void doesNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(WireName.of(Sample.TIMEOUT)).isEqualTo("timeout");
        } finally {
            Locale.setDefault(before);
        }
    }
}
