package dev.canyon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What {@code docker compose} would refuse, and what it would not notice. */
class ComposeTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Path FILE = DEPLOY.resolve("compose.yaml");

    @Test
    void keepsToTheSchemaOfCompose() throws IOException {
        assertThat(schema().validate(Files.readString(FILE), InputFormat.YAML)).isEmpty();
    }

    @Test
    void theSchemaNoticesAMisspeltField() throws IOException {
        String misspelt = Files.readString(FILE).replace("read_only: true", "readonly: true");
        assertThat(schema().validate(misspelt, InputFormat.YAML)).isNotEmpty();
    }

    @Test
    void whatIsMountedIsThere() throws IOException {
        List<Path> sources = compose()
                .get("services")
                .valueStream()
                .flatMap(service -> service.path("volumes").valueStream())
                .map(volume -> volume.asString().split(":", 2)[0])
                .filter(source -> source.startsWith("."))
                .map(DEPLOY::resolve)
                .toList();
        assertThat(sources).isNotEmpty().allMatch(Files::exists);
    }

    @Test
    void listenersMayOpenOnThePublishedPortsAndNoOthers() throws IOException {
        JsonNode canyon = compose().at("/services/canyon");
        String ports = canyon.at("/environment/CANYON_LIMITS_PORTS").asString();
        assertThat(canyon.get("ports").valueStream().map(JsonNode::asString))
                .contains(ports + ":" + ports + "/tcp", ports + ":" + ports + "/udp");
    }

    @Test
    void prometheusAsksByANameThatIsAllowedAndWithAKeyThatIsMounted() throws IOException {
        JsonNode scrape = new YAMLMapper()
                .readTree(Files.readString(DEPLOY.resolve("prometheus/prometheus.yml")))
                .at("/scrape_configs/0");
        JsonNode canyon = compose().at("/services/canyon");
        assertThat(scrape.at("/static_configs/0/targets/0").asString())
                .isEqualTo(
                        canyon.at("/environment/CANYON_SECURITY_ALLOWED_HOSTS").asString() + ":8080");
        String secret = compose().at("/services/prometheus/secrets/0").asString();
        assertThat(scrape.at("/authorization/credentials_file").asString()).isEqualTo("/run/secrets/" + secret);
        String variable = compose().at("/secrets/" + secret + "/environment").asString();
        assertThat(canyon.at("/environment/CANYON_SECURITY_VIEWER_KEY").asString())
                .startsWith("${" + variable + ":?");
    }

    @Test
    void everyVariableOfTheFileIsExplainedInTheExample() throws IOException {
        String example = Files.readString(DEPLOY.resolve("env.example"));
        assertThat(Pattern.compile("\\$\\{(\\w+)")
                        .matcher(Files.readString(FILE))
                        .results())
                .extracting(variable -> variable.group(1))
                .hasSizeGreaterThan(3)
                .allMatch(variable -> example.contains(variable + "="));
    }

    private static JsonNode compose() throws IOException {
        return new YAMLMapper().readTree(Files.readString(FILE));
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(
                        SchemaLocation.of("https://compose.test/schema.json"),
                        new JsonMapper()
                                .readTree(Files.readString(Path.of("src/test/resources/deploy/compose.schema.json"))));
    }
}
