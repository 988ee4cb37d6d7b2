package dev.canyon.store.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.endpoint.TcpSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerRowTest {

    /** As the first version of Canyon wrote it. */
    private static final String FIRST = """
            {"host":"127.0.0.1","port":7010,"enabled":true,"description":"","labels":{"team":"net"},
             "allowedSources":["10.0.0.0/8"],"bufferBytes":30,"drainTimeoutMs":5000,
             "tcp":{"backlog":1,"noDelay":true,"keepAlive":false,"idleTimeoutMs":1000,"writeStallTimeoutMs":60000,
             "maxConnections":10000,"maxConnectionsPerSource":0},"udp":null}""";

    @Test
    void anOldRowHasTheDefaultsOfFieldsThatItDoesNotHave() {
        ListenerDefinition definition = read(FIRST);
        assertThat(definition.endpoint().bufferBytes()).isEqualTo(30);
        assertThat(definition.labels()).isEqualTo(Map.of("team", "net"));
        assertThat(definition.endpoint().settings())
                .isEqualTo(TcpSettings.with(Map.of("backlog", 1, "idleTimeoutMs", 1000)));
    }

    @Test
    void fieldsOfANewerVersionAreIgnored() {
        String newer = FIRST.replace("\"backlog\":1", "\"backlog\":1,\"later\":{\"a\":1}")
                .replace("\"port\":7010", "\"port\":7010,\"faults\":[]");
        assertThat(read(newer)).isEqualTo(read(FIRST));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"port\":7010', '\"port\":70100', 'port: must be an integer from 0 to 65535, not 70100'",
        "'\"port\":7010', '\"port\":null', 'port: is required'",
        "'\"host\":\"127.0.0.1\",', '', 'host: is required'",
        "'\"tcp\":', '\"sctp\":', 'neither tcp nor udp'",
        "'\"backlog\":1', '\"backlog\":\"1\"', 'tcp.backlog: must be an integer'",
        "'\"udp\":null', '\"udp\":{}', 'udp: is not for a tcp listener'",
    })
    void aRowThatIsNoDefinitionIsDamaged(String part, String instead, String reason) {
        assertThat(FIRST).contains(part);
        assertThatThrownBy(() -> read(FIRST.replace(part, instead)))
                .isInstanceOf(DamagedRowException.class)
                .hasMessageContaining("listener 'edge-tcp' cannot be read: " + reason);
    }

    private static ListenerDefinition read(String json) {
        return ListenerRow.with("edge-tcp", 1, json).toValue().definition();
    }
}
