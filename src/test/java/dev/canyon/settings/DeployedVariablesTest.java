package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** Environment variables and properties in files that no compiler checks. */
class DeployedVariablesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\bCANYON_[A-Z0-9_]+[A-Z0-9]\\b");

    /** The example of a misspelt variable in docs/operations.md. */
    private static final String MISSPELT = "CANYON_LIMITS_PROTS";

    @Test
    void everyVariableInTheFilesForDeploymentIsOneThatCanyonReads() throws IOException {
        assertThat(Stream.concat(filesIn("deploy", ""), Stream.of(Path.of("Dockerfile")))
                        .flatMap(DeployedVariablesTest::variables))
                .hasSizeGreaterThan(5)
                .allMatch(new PropertyNames()::contains);
    }

    @Test
    void everyVariableInTheDocumentationIsOneThatCanyonReads() throws IOException {
        assertThat(Stream.concat(filesIn("docs", ".md"), Stream.of(Path.of("README.md")))
                        .flatMap(DeployedVariablesTest::variables)
                        .filter(variable -> !variable.equals(MISSPELT)))
                .hasSizeGreaterThan(5)
                .allMatch(new PropertyNames()::contains);
    }

    @Test
    void everyPropertyInTheConfigMapOfKubernetesIsOneThatCanyonReads() throws IOException {
        var file = new FileSystemResource("deploy/kubernetes/base/application.yml");
        PropertySource<?> source =
                new YamlPropertySourceLoader().load("base", file).get(0);
        assertThat(((EnumerablePropertySource<?>) source).getPropertyNames())
                .isNotEmpty()
                .allMatch(new PropertyNames()::contains);
    }

    @Test
    void everyPropertyInTheHelpTextIsOneThatCanyonReads() {
        String help = read(Path.of("src/main/java/dev/canyon/cli/CanyonCommand.java"))
                .replaceAll("(?m)^(package|import) .*", "");
        assertThat(Pattern.compile("\\bcanyon\\.[a-z]+[.-][a-z.-]*[a-z]\\b")
                        .matcher(help)
                        .results()
                        .map(MatchResult::group))
                .hasSizeGreaterThan(5)
                .allMatch(new PropertyNames()::contains);
    }

    private static Stream<Path> filesIn(String directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files
                    .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(suffix))
                    .toList()
                    .stream();
        }
    }

    private static Stream<String> variables(Path file) {
        return VARIABLE.matcher(read(file)).results().map(MatchResult::group);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
