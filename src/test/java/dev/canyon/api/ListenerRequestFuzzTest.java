package dev.canyon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.listener.ListenerDefinition;
import tools.jackson.databind.node.ObjectNode;

/** A body is a definition, or is refused with its faults; and a view sent back is the same definition. */
class ListenerRequestFuzzTest {

    private static final String DEFAULT_HOST = "127.0.0.1";

    @FuzzTest
    void read(byte[] body) {
        ObjectNode json = Readers.json(body).orElse(null);
        if (json == null) {
            return;
        }
        ListenerDefinition definition;
        try {
            definition = definition(json);
        } catch (InvalidRequestException ex) {
            assertThat(ex.getMessage()).contains("field");
            return;
        }
        ObjectNode view = Readers.MAPPER.valueToTree(DefinitionView.of(definition));
        assertThat(definition(view)).isEqualTo(definition);
        byte[] sent = Readers.MAPPER.writeValueAsBytes(view);
        assertThat(Readers.json(sent).map(ListenerRequestFuzzTest::definition)).contains(definition);
    }

    static ListenerDefinition definition(ObjectNode json) {
        return Readers.BODIES.read(json, ListenerRequest.class).toDefinition(DEFAULT_HOST);
    }
}
