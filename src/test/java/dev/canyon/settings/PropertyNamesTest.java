package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyNamesTest {

    private final PropertyNames names = new PropertyNames();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canyon.data-dir",
                "canyon.dataDir",
                "CANYON_DATADIR",
                "CANYON_DATA_DIR",
                "canyon.limits.ports",
                "canyon.limits.ports[0]",
                "CANYON_LIMITS_PORTS_0",
                "canyon.listeners",
                "canyon.listeners[12].tcp.idle-timeout-ms",
                "CANYON_LISTENERS_0_TCP_IDLETIMEOUTMS",
                "canyon.listeners[0].labels.team",
                "canyon.audit",
            })
    void knowsAllFormsOfAName(String name) {
        assertThat(names.contain(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "canyon.limts.ports, canyon.limits.ports",
        "CANYON_LIMITS_PROTS, canyon.limits.ports",
        "CANYON_SECURITY_ADMINKYE, canyon.security.admin-key",
        "canyon.listeners[0].prot, canyon.listeners[*].port",
        "canyon.listeners[3].tcp.idle-timeout, canyon.listeners[*].tcp.idle-timeout-ms",
        "canyon.datadirectory, canyon.data-dir",
    })
    void saysWhatAMisspeltNameIsMostLike(String misspelt, String nearest) {
        assertThat(names.contain(misspelt)).isFalse();
        assertThat(names.nearest(misspelt)).contains(nearest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"canyon.x", "CANYON_PORT", "CANYON_LOG", "canyon.threads", "canyon.storage.path"})
    void isSilentWhereNoneIsNear(String name) {
        assertThat(names.contain(name)).isFalse();
        assertThat(names.nearest(name)).isEmpty();
    }

    @Test
    void listsWhatHasAValue() {
        assertThat(names.settable())
                .contains("canyon.transport", "canyon.limits.ports", "canyon.listeners[*].labels")
                .doesNotContain("canyon.limits", "canyon.listeners");
    }
}
