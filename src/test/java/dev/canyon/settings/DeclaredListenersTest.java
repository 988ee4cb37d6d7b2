package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.listener.Properties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class DeclaredListenersTest {

    @Test
    void withNothingDeclaredThereAreTwoListeners() {
        assertThat(DeclaredListeners.in(Properties.bind("canyon.default-host=127.0.0.1")))
                .extracting(ListenerDefinition::name)
                .containsExactly("echo-tcp", "echo-udp");
        assertThat(DeclaredListeners.in(Properties.bind("canyon.default-listeners=false")))
                .isEmpty();
    }

    @Test
    void aDeclarationHasTheFieldsOfTheApi() {
        ListenerDefinition definition = DeclaredListeners.in(Properties.bind(
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
    void aDeclarationHasFaults() {
        ListenerDefinition definition = DeclaredListeners.in(Properties.bind(
                        "canyon.listeners[0].name=edge",
                        "canyon.listeners[0].protocol=tcp",
                        "canyon.listeners[0].port=7010",
                        "canyon.listeners[0].faults[0].type=latency",
                        "canyon.listeners[0].faults[0].delay-ms=300",
                        "canyon.listeners[0].faults[0].cycle.on-ms=100",
                        "canyon.listeners[0].faults[0].cycle.off-ms=200",
                        "canyon.listeners[0].faults[1].type=silence",
                        "canyon.listeners[0].faults[1].when.first=3",
                        "canyon.listeners[0].faults[1].sources[0]=127.0.0.2",
                        "canyon.listeners[0].faults[1].sources[1]=127.0.0.3"))
                .get(0);
        assertThat(definition.faults()).hasSize(2);
        assertThat(FaultTree.DEFINED.write(definition.faults().get(0)))
                .containsEntry("delayMs", 300L)
                .containsEntry("cycle", Map.of("onMs", 100L, "offMs", 200L));
        assertThat(FaultTree.DEFINED.write(definition.faults().get(1)))
                .containsEntry("when", Map.of("first", 3L))
                .containsEntry("sources", List.of("127.0.0.2", "127.0.0.3"));
    }

    @Test
    void aWrongFaultIsReportedWithItsProperty() {
        assertThatThrownBy(() -> DeclaredListeners.in(Properties.bind(
                        "canyon.listeners[0].name=edge",
                        "canyon.listeners[0].protocol=tcp",
                        "canyon.listeners[0].port=7010",
                        "canyon.listeners[0].faults[0].type=latency",
                        "canyon.listeners[0].faults[0].dely-ms=300")))
                .hasMessageContaining("faults[0].dely-ms");
    }

    @Test
    void everyFaultIsReportedWithItsProperty() {
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
        assertThatThrownBy(() -> DeclaredListeners.in(properties))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContainingAll(
                        "canyon.listeners[0].name: must be 1 to 63 of a-z, 0-9 and -, a letter or digit first and last, not \"A b\"",
                        "canyon.listeners[1].port: must be an integer from 0 to 65535, not 99999",
                        "canyon.listeners[2].tcp: is not for a udp listener; remove it or use protocol tcp",
                        "canyon.listeners[3].port: is required",
                        "canyon.listeners[4].allowed-sources[0]: ",
                        "canyon.listeners[6].name: 'f' is declared more than once");
    }

    @Test
    void namesMayHaveTheFormOfEnvironmentVariables() {
        Map<String, Object> variables = Map.of(
                "CANYON_LISTENERS_0_NAME", "edge",
                "CANYON_LISTENERS_0_PROTOCOL", "tcp",
                "CANYON_LISTENERS_0_PORT", "7010",
                "CANYON_LISTENERS_0_ENABLED", "off",
                "CANYON_LISTENERS_0_LABELS_TEAM", "net",
                "CANYON_LISTENERS_0_ALLOWEDSOURCES_0", "10.0.0.0/8",
                "CANYON_LISTENERS_0_TCP_IDLETIMEOUTMS", "7",
                "CANYON_LISTENERS_0_TCP_MAX_CONNECTIONS", "5");
        CanyonProperties properties = bind(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ListenerDefinition definition = DeclaredListeners.in(properties).get(0);
        assertThat(definition.enabled()).isFalse();
        assertThat(definition.labels()).containsExactly(Map.entry("team", "net"));
        assertThat(definition.endpoint().allowedSources()).hasToString("[10.0.0.0/8]");
        assertThat(definition.endpoint().settings())
                .isEqualTo(TcpSettings.with(Map.of("idleTimeoutMs", 7, "maxConnections", 5)));
    }

    @Test
    void yamlMayHaveNestedObjectsNumbersAndListsOnOneLine() throws IOException {
        PropertySource<?> yaml = new YamlPropertySourceLoader()
                .load("application.yml", new ByteArrayResource("""
                        canyon:
                          listeners:
                            - {name: edge, protocol: udp, port: 7010, labels: {a.b: c, "[x/Y]": ""}, udp: {}}
                            - name: "5"
                              protocol: tcp
                              port: 0
                              description: 7
                              labels: {}
                              allowedSources: 10.0.0.0/8, 192.0.2.0/24
                              tcp:
                                noDelay: no
                                idle-timeout-ms: 7
                        """.getBytes(StandardCharsets.UTF_8)))
                .get(0);
        CanyonProperties properties = bind(yaml);
        List<ListenerDefinition> definitions = DeclaredListeners.in(properties);
        assertThat(definitions.get(0).labels()).containsOnly(Map.entry("a.b", "c"), Map.entry("x/Y", ""));
        assertThat(definitions.get(1).name()).isEqualTo("5");
        assertThat(definitions.get(1).description()).isEqualTo("7");
        assertThat(definitions.get(1).labels()).isEmpty();
        assertThat(definitions.get(1).endpoint().allowedSources()).hasToString("[10.0.0.0/8, 192.0.2.0/24]");
        assertThat(definitions.get(1).endpoint().settings())
                .isEqualTo(TcpSettings.with(Map.of("noDelay", false, "idleTimeoutMs", 7)));
    }

    @Test
    void wrongTypesAndUnknownFieldsAreReportedTogether() {
        CanyonProperties properties = Properties.bind(
                "canyon.listeners[0].name=a",
                "canyon.listeners[0].protocol=sctp",
                "canyon.listeners[0].port=x7",
                "canyon.listeners[0].enabled=maybe",
                "canyon.listeners[0].tcp.idle-timeout-ms=1s",
                "canyon.listeners[0].labels.team=" + "x".repeat(257),
                "canyon.listeners[0].prt=1");
        assertThatThrownBy(() -> DeclaredListeners.in(properties))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContainingAll(
                        "canyon.listeners[0].protocol: must be tcp or udp, not \"sctp\"",
                        "canyon.listeners[0].port: must be an integer from 0 to 65535, not \"x7\"",
                        "canyon.listeners[0].enabled: must be true or false, not \"maybe\"",
                        "canyon.listeners[0].tcp.idle-timeout-ms: must be an integer from 0 to 86400000, not \"1s\"",
                        "canyon.listeners[0].labels.team: must have 0 to 256 characters, not 257",
                        "canyon.listeners[0].prt: is unknown; known fields: name, protocol");
    }

    @Test
    void aDefaultHostThatIsNoneIsReportedAsThatProperty() {
        assertThatThrownBy(() -> DeclaredListeners.in(Properties.bind("canyon.default-host=a b")))
                .hasMessage("canyon.default-host: host: 'a b' (expected: an address or a host name)");
    }

    @Test
    void aDefaultHostThatIsNoneIsReportedWithTheOtherFaults() {
        CanyonProperties properties = Properties.bind(
                "canyon.default-host=a b",
                "canyon.listeners[0].name=own-host",
                "canyon.listeners[0].protocol=tcp",
                "canyon.listeners[0].host=127.0.0.1",
                "canyon.listeners[0].port=0",
                "canyon.listeners[1].name=b",
                "canyon.listeners[1].protocol=tcp",
                "canyon.listeners[1].port=x");
        assertThatThrownBy(() -> DeclaredListeners.in(properties))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContainingAll("canyon.default-host: host: 'a b'", "canyon.listeners[1].port: must be");
    }

    @Test
    void textInPlaceOfAnObjectIsReported() {
        CanyonProperties properties = Properties.bind(
                "canyon.listeners[0].name=a",
                "canyon.listeners[0].protocol=tcp",
                "canyon.listeners[0].port=0",
                "canyon.listeners[0].tcp=nonsense",
                "canyon.listeners[1].name=b",
                "canyon.listeners[1].protocol=udp",
                "canyon.listeners[1].port=0",
                "canyon.listeners[1].udp=nonsense",
                "canyon.listeners[1].labels=nonsense",
                "canyon.listeners[1].labels.team=net");
        assertThatThrownBy(() -> DeclaredListeners.in(properties))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContainingAll(
                        "canyon.listeners[0].tcp: must be an object, not \"nonsense\"",
                        "canyon.listeners[1].udp: must be an object, not \"nonsense\"",
                        "canyon.listeners[1].labels: must be an object, not \"nonsense\"");
    }

    @Test
    void aListWhoseIndexesLeaveAGapIsReported() {
        CanyonProperties properties = Properties.bind(
                "canyon.listeners[0].name=a",
                "canyon.listeners[0].protocol=tcp",
                "canyon.listeners[0].port=0",
                "canyon.listeners[0].allowed-sources[0]=10.0.0.0/8",
                "canyon.listeners[0].allowed-sources[5]=192.0.2.0/24");
        assertThatThrownBy(() -> DeclaredListeners.in(properties))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContaining("canyon.listeners[0].allowed-sources[1]: is missing, but [5] is set");
    }

    private static CanyonProperties bind(PropertySource<?> source) {
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                sources.addFirst(source);
            }
        };
        return Binder.get(environment).bindOrCreate("canyon", CanyonProperties.class);
    }
}
