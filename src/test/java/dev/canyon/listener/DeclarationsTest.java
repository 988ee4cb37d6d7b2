package dev.canyon.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.settings.CanyonProperties;
import dev.canyon.transport.TcpSettings;
import org.junit.jupiter.api.Test;

class DeclarationsTest {

    @Test
    void withNothingDeclaredThereAreTwoListeners() {
        assertThat(Declarations.in(Properties.bind("canyon.default-host=127.0.0.1")))
                .extracting(ListenerDefinition::name)
                .containsExactly("echo-tcp", "echo-udp");
        assertThat(Declarations.in(Properties.bind("canyon.default-listeners=false")))
                .isEmpty();
    }

    @Test
    void aDeclarationHasTheFieldsOfTheApi() {
        ListenerDefinition definition = Declarations.in(Properties.bind(
                        "canyon.default-host=127.0.0.9",
                        "canyon.listeners[0].name=edge",
                        "canyon.listeners[0].protocol=tcp",
                        "canyon.listeners[0].port=7010",
                        "canyon.listeners[0].labels.team=net",
                        "canyon.listeners[0].allowed-sources[0]=10.0.0.0/8",
                        "canyon.listeners[0].tcp.max-connections=5"))
                .get(0);
        assertThat(definition.endpoint().address().host()).isEqualTo("127.0.0.9");
        assertThat(definition.labels()).containsEntry("team", "net");
        assertThat(definition.endpoint().allowedSources()).hasSize(1);
        assertThat(((TcpSettings) definition.endpoint().settings()).maxConnections())
                .isEqualTo(5);
        assertThat(((TcpSettings) definition.endpoint().settings()).backlog()).isEqualTo(1024);
    }

    @Test
    void everyFaultIsToldWithItsProperty() {
        CanyonProperties properties = Properties.bind(
                "canyon.listeners[0].name=A b",
                "canyon.listeners[0].protocol=tcp",
                "canyon.listeners[0].port=1",
                "canyon.listeners[1].name=b",
                "canyon.listeners[1].protocol=udp",
                "canyon.listeners[1].port=99999",
                "canyon.listeners[2].name=c",
                "canyon.listeners[2].protocol=udp",
                "canyon.listeners[2].port=0",
                "canyon.listeners[2].tcp.backlog=1",
                "canyon.listeners[3].name=d",
                "canyon.listeners[3].protocol=udp",
                "canyon.listeners[4].name=e",
                "canyon.listeners[4].protocol=udp",
                "canyon.listeners[4].port=0",
                "canyon.listeners[4].allowed-sources[0]=1.2.3.4/99",
                "canyon.listeners[5].name=f",
                "canyon.listeners[5].protocol=udp",
                "canyon.listeners[5].port=0",
                "canyon.listeners[6].name=f",
                "canyon.listeners[6].protocol=udp",
                "canyon.listeners[6].port=0");
        assertThatThrownBy(() -> Declarations.in(properties))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContainingAll(
                        "canyon.listeners[0].name: 'A b'",
                        "canyon.listeners[1].port: 99999 (expected: 0 to 65535)",
                        "canyon.listeners[2].tcp: not for a udp listener",
                        "canyon.listeners[3].port: required",
                        "canyon.listeners[4].allowed-sources: ",
                        "canyon.listeners[6].name: 'f' is declared twice");
    }
}
