package dev.canyon.api.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.api.event.Readers;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.definition.ListenerDefinition;
import tools.jackson.databind.node.ObjectNode;

/** A body is a definition, or is refused with its faults; and a view sent back is the same definition. */
public class ListenerRequestFuzzTest {

    private static final String DEFAULT_HOST = "127.0.0.1";

    @FuzzTest
    void read(byte[] body) {
        BodyTree json = Readers.json(body).orElse(null);
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
        assertThat(definition(BodyTree.of(view))).isEqualTo(definition);
        byte[] sent = Readers.MAPPER.writeValueAsBytes(view);
        assertThat(Readers.json(sent).map(ListenerRequestFuzzTest::definition)).contains(definition);
    }

    public static ListenerDefinition definition(BodyTree json) {
        return ListenerRequest.read(json, DEFAULT_HOST);
    }
}
