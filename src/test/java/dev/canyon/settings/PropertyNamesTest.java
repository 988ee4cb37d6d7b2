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
    void acceptsAllFormsOfAName(String name) {
        assertThat(names.contains(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "canyon.limts.ports, canyon.limits.ports",
        "CANYON_LIMITS_PROTS, canyon.limits.ports",
        "CANYON_SECURITY_ADMINKYE, canyon.security.admin-key",
        "canyon.listeners[0].prot, canyon.listeners[0].port",
        "CANYON_LISTENERS_2_PROT, canyon.listeners[2].port",
        "canyon.listeners[3].tcp.idle-timeout, canyon.listeners[3].tcp.idle-timeout-ms",
        "canyon.listeners[3].tcp.timeout, canyon.listeners[3].tcp.idle-timeout-ms",
        "canyon.listeners[0].idle-timeout-ms, canyon.listeners[0].tcp.idle-timeout-ms",
        "canyon.listeners[0].idleTimeout, canyon.listeners[0].tcp.idle-timeout-ms",
        "canyon.listeners[0].backlog, canyon.listeners[0].tcp.backlog",
        "canyon.listeners[0].max-connections, canyon.listeners[0].tcp.max-connections",
        "canyon.listeners[0].reply-to-empty, canyon.listeners[0].udp.reply-to-empty",
        "canyon.listeners[0].udp.reply-to-reserved, canyon.listeners[0].udp.reply-to-reserved-ports",
        "CANYON_LISTENERS_1_BACKLOG, canyon.listeners[1].tcp.backlog",
        "canyon.listeners[0].tcp.port, canyon.listeners[0].port",
        "canyon.listeners[0].sources, canyon.listeners[0].allowed-sources",
        "canyon.listeners[0].drain-timeout, canyon.listeners[0].drain-timeout-ms",
        "canyon.listener[0].name, canyon.listeners[0].name",
        "canyon.listeners.name, canyon.listeners[*].name",
        "canyon.max-listeners, canyon.limits.max-listeners",
        "canyon.limits.max-runs, canyon.limits.runs",
        "canyon.admin-key, canyon.security.admin-key",
        "canyon.allowed-hosts, canyon.security.allowed-hosts",
        "canyon.limits.audit.files, canyon.audit.files",
        "canyon.datadirectory, canyon.data-dir",
    })
    void suggestsTheMostSimilarName(String misspelled, String nearest) {
        assertThat(names.contains(misspelled)).isFalse();
        assertThat(names.nearest(misspelled)).contains(nearest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"canyon.x", "CANYON_PORT", "CANYON_LOG", "canyon.threads", "canyon.storage.path"})
    void suggestsNothingIfNoNameIsSimilar(String name) {
        assertThat(names.contains(name)).isFalse();
        assertThat(names.nearest(name)).isEmpty();
    }

    @Test
    void listsNamesThatHaveAValue() {
        assertThat(names.settable())
                .contains("canyon.transport", "canyon.limits.ports", "canyon.listeners[*].labels")
                .doesNotContain("canyon.limits", "canyon.listeners");
    }
}
