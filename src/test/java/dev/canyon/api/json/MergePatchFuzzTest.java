package dev.canyon.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.api.event.Readers;
import dev.canyon.api.listener.DefinitionView;
import dev.canyon.api.listener.ListenerRequestFuzzTest;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.definition.ListenerDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A patch changes only the members it names and is idempotent. */
class MergePatchFuzzTest {

    private static final List<String> TARGETS = List.of("""
            {"name": "a", "protocol": "tcp", "host": "::1", "port": 7010, "enabled": false, "description": "d",
             "labels": {"team": "net", "x": ""}, "allowedSources": ["10.0.0.0/8"], "bufferBytes": 30,
             "tcp": {"backlog": 1, "noDelay": false, "keepAlive": true, "idleTimeoutMs": 1, "writeStallTimeoutMs": 2,
             "maxConnections": 3, "maxConnectionsPerSource": 4}, "drainTimeoutMs": 5}""", """
            {"name": "a", "protocol": "udp", "port": 0, "udp": {"replyToEmpty": false, "replyToReservedPorts": true,
             "maxDatagramsPerSecondPerSource": 7}}""");

    @FuzzTest
    void apply(byte[] input) {
        Readers.json(input).ifPresent(patch -> TARGETS.forEach(target -> apply(patch.root(), view(target))));
    }

    private static void apply(ObjectNode patch, ObjectNode target) {
        ObjectNode untouched = target.deepCopy();
        ObjectNode merged = MergePatch.apply(target, patch);
        assertThat(target).isEqualTo(untouched);
        assertThat(MergePatch.apply(merged, patch)).isEqualTo(merged);
        assertMerged(target, patch, merged);
        try {
            ListenerDefinition definition = ListenerRequestFuzzTest.definition(BodyTree.of(merged));
            assertThat(definition.name()).isNotNull();
        } catch (InvalidRequestException ex) {
            assertThat(ex.getMessage()).contains("field");
        }
    }

    /** The result that RFC 7396 requires for each member. */
    private static void assertMerged(ObjectNode target, ObjectNode patch, ObjectNode merged) {
        Set<String> names = new HashSet<>(target.propertyNames());
        names.addAll(patch.propertyNames());
        names.addAll(merged.propertyNames());
        for (String name : names) {
            JsonNode change = patch.get(name);
            if (change == null) {
                assertThat(merged.get(name)).isEqualTo(target.get(name));
            } else if (change.isNull()) {
                assertThat(merged.has(name)).isFalse();
            } else if (change instanceof ObjectNode inner) {
                assertThat(merged.get(name)).isInstanceOf(ObjectNode.class);
                ObjectNode before = target.get(name) instanceof ObjectNode object ? object : target.objectNode();
                assertMerged(before, inner, (ObjectNode) merged.get(name));
            } else {
                assertThat(merged.get(name)).isEqualTo(change);
            }
        }
    }

    private static ObjectNode view(String json) {
        ObjectNode body = (ObjectNode) Readers.MAPPER.readTree(json);
        return Readers.MAPPER.valueToTree(DefinitionView.of(ListenerRequestFuzzTest.definition(BodyTree.of(body))));
    }
}
