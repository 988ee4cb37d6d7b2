package dev.canyon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An alert on a metric that does not exist never fires, and nobody notices. */
class AlertsTest {

    private static final Pattern METRIC = Pattern.compile("canyon_[a-z_]+");

    @Test
    void everyMetricIsOneThatCanyonHas() throws IOException {
        String documented = Files.readString(Path.of("docs/metrics.md"));
        assertThat(rules())
                .flatMap(rule -> METRIC.matcher(rule.get("expr").asString())
                        .results()
                        .map(MatchResult::group)
                        .map(name -> name.replaceFirst("_(count|sum|bucket)$", ""))
                        .toList())
                .hasSizeGreaterThan(3)
                .allMatch(metric -> documented.contains("`" + metric + "`"));
    }

    @Test
    void everyAlertIsExplained() throws IOException {
        String operations = Files.readString(Path.of("docs/operations.md"));
        assertThat(rules())
                .isNotEmpty()
                .allMatch(rule -> operations.contains("**" + rule.get("alert").asString() + "**"));
    }

    private static List<JsonNode> rules() throws IOException {
        return new YAMLMapper()
                .readTree(Files.readString(Path.of("deploy/prometheus/alerts.yml")))
                .at("/groups/0/rules")
                .valueStream()
                .toList();
    }
}
