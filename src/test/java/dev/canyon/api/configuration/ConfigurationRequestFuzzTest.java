package dev.canyon.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.canyon.api.event.Readers;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.listener.DefinitionView;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.definition.ListenerDefinition;
import java.util.List;
import java.util.Optional;

/** A document is read in JSON and in YAML alike, or refused with its faults; what Canyon writes reads as the same. */
class ConfigurationRequestFuzzTest {

    @FuzzTest
    void read(byte[] document) {
        Optional<List<ListenerDefinition>> fromJson =
                Readers.json(document).flatMap(ConfigurationRequestFuzzTest::definitions);
        Optional<List<ListenerDefinition>> fromYaml =
                Readers.yaml(document).flatMap(ConfigurationRequestFuzzTest::definitions);
        if (fromJson.isPresent() && fromYaml.isPresent()) {
            assertThat(fromYaml).isEqualTo(fromJson);
        }
        fromJson.or(() -> fromYaml).ifPresent(ConfigurationRequestFuzzTest::assertWrittenAsRead);
    }

    private static void assertWrittenAsRead(List<ListenerDefinition> definitions) {
        ConfigurationDocument written = new ConfigurationDocument(
                ConfigurationDocument.VERSION,
                definitions.stream().map(DefinitionView::of).toList());
        assertThat(Readers.json(Readers.MAPPER.writeValueAsBytes(written))
                        .flatMap(ConfigurationRequestFuzzTest::definitions))
                .contains(definitions);
        assertThat(Readers.yaml(Readers.YAML.write(written)).flatMap(ConfigurationRequestFuzzTest::definitions))
                .contains(definitions);
    }

    private static Optional<List<ListenerDefinition>> definitions(BodyTree document) {
        try {
            return Optional.of(ConfigurationRequest.definitions(document, Readers.BODIES, "127.0.0.1"));
        } catch (InvalidRequestException ex) {
            return Optional.empty();
        }
    }
}
