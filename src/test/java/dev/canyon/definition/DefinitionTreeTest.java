package dev.canyon.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionTreeTest {

    private static List<String> errors(Map<String, Object> more) {
        Map<String, Object> tree = new LinkedHashMap<>(Map.of("name", "a", "protocol", "tcp", "port", 0));
        tree.putAll(more);
        List<String> fields = new ArrayList<>();
        DefinitionTree.read(tree, "127.0.0.1", (field, message) -> fields.add(field));
        return fields;
    }

    @Test
    void oneReadReportsTheErrorsOfAllFields() {
        List<Map<String, String>> faults =
                List.of(Map.of("type", "nothing"), Map.of("type", "duplicate"), Map.of("type", "refuse"));
        assertThat(errors(Map.of(
                        "name", "A", "tls", Map.of("bundle", ""), "reply", Map.of("mode", "stamp"), "faults", faults)))
                .containsExactlyInAnyOrder(
                        "name", "tls.bundle", "reply.mode", "faults[0].type", "faults[1].type", "faults[2].type");
    }

    @Test
    void aFieldIsReportedOnce() {
        assertThat(errors(Map.of("protocol", "udp", "framing", Map.of("type", "line"))))
                .containsExactly("framing");
    }

    /** For example, a fault of the handshake fits if {@code tls} is given, although its bundle is invalid. */
    @Test
    void anInvalidFieldCausesNoErrorOfAnother() {
        assertThat(errors(Map.of("tls", Map.of("bundle", ""), "faults", List.of(Map.of("type", "handshake-fail")))))
                .containsExactly("tls.bundle");
        assertThat(errors(Map.of("port", -1, "faults", List.of(Map.of("type", "refuse")))))
                .containsExactly("port");
        assertThat(errors(Map.of(
                        "protocol",
                        "udp",
                        "host",
                        "0.0.0.0",
                        "allowedSources",
                        List.of("10/8"),
                        "faults",
                        List.of(Map.of("type", "duplicate")))))
                .containsExactly("allowedSources[0]");
        assertThat(errors(Map.of("reply", Map.of("mode", "?"), "framing", Map.of("type", "line"))))
                .containsExactly("reply.mode");
    }

    @Test
    void withoutAProtocolNothingThatDependsOnItIsReported() {
        assertThat(errors(Map.of("protocol", "sctp", "reply", Map.of("mode", "stamp"))))
                .containsExactly("protocol");
    }
}
