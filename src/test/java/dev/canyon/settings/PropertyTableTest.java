package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table in docs/properties.md matches the configuration metadata, which is generated from Javadoc. */
class PropertyTableTest {

    private static final Path PROPERTIES = Path.of("docs/properties.md");
    private static final String BEGIN = "| property | type | default | meaning |\n| --- | --- | --- | --- |\n";
    private static final String END = "<!-- End of the table. -->";

    @Test
    void matchesTheMetadata() throws IOException {
        String text = Files.readString(PROPERTIES);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("properties.update")) {
            Files.writeString(PROPERTIES, text.substring(0, begin) + table() + text.substring(end));
        } else {
            assertThat(text.substring(begin, end))
                    .as("stale: run ./mvnw test -Dtest=PropertyTableTest -Dproperties.update=true")
                    .isEqualTo(table());
        }
    }

    @Test
    void theMetadataHasEveryProperty() throws IOException {
        List<String> described =
                metadata().map(property -> property.get("name").asString()).toList();
        assertThat(new PropertyNames()
                        .settable().stream()
                                .map(name -> name.replaceFirst("\\[\\*].*", ""))
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void everyPropertyIsDescribed() throws IOException {
        assertThat(metadata())
                .allMatch(property -> !property.path("description").asString("").isBlank());
    }

    private static String table() throws IOException {
        return metadata().map(PropertyTableTest::row).collect(Collectors.joining());
    }

    private static String row(JsonNode property) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        property.get("name").asString(),
                        type(property.get("type").asString()),
                        defaultOf(property.get("defaultValue")),
                        property.get("description")
                                .asString()
                                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                                .replace("|", "\\|"));
    }

    private static String type(String name) {
        if (name.contains("$")) {
            // An enum, whose values are in the description.
            return "word";
        }
        String simple = name.replaceAll("[a-z.]+\\.([A-Z])", "$1");
        // An element of canyon.listeners, whose fields are those of a definition.
        return simple.replace("Map<String,Object>", "definitions").replaceFirst("^List<(.*)>$", "list of $1");
    }

    private static String defaultOf(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        }
        return value.isArray()
                ? value.valueStream()
                        .map(element -> "`" + element.asString() + "`")
                        .collect(Collectors.joining(", "))
                : "`" + value.asString().replaceAll("^\\[|]$", "") + "`";
    }

    private static Stream<JsonNode> metadata() throws IOException {
        try (InputStream file =
                CanyonProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared().readTree(file).get("properties").valueStream();
        }
    }
}
