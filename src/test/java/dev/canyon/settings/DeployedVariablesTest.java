package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** What is set from outside in files that nobody compiles. */
class DeployedVariablesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\bCANYON_[A-Z0-9_]+[A-Z0-9]\\b");

    @Test
    void everyVariableInTheFilesForDeploymentIsOneThatCanyonReads() throws IOException {
        PropertyNames names = new PropertyNames();
        try (Stream<Path> deployed = Files.walk(Path.of("deploy"))) {
            List<String> variables = Stream.concat(
                            deployed.filter(Files::isRegularFile),
                            Stream.of(Path.of("Dockerfile"), Path.of("README.md")))
                    .flatMap(file -> VARIABLE.matcher(read(file)).results().map(MatchResult::group))
                    .toList();
            assertThat(variables).hasSizeGreaterThan(5).allMatch(names::contain);
        }
    }

    @Test
    void everyPropertyInTheConfigMapOfKubernetesIsOneThatCanyonReads() throws IOException {
        var file = new FileSystemResource("deploy/kubernetes/base/application.yml");
        PropertySource<?> source =
                new YamlPropertySourceLoader().load("base", file).get(0);
        assertThat(((EnumerablePropertySource<?>) source).getPropertyNames())
                .isNotEmpty()
                .allMatch(new PropertyNames()::contain);
    }

    @Test
    void everyPropertyInTheHelpTextIsOneThatCanyonReads() {
        String help = read(Path.of("src/main/java/dev/canyon/cli/CanyonCommand.java"));
        assertThat(Pattern.compile("\\bcanyon\\.[a-z]+[.-][a-z.-]*[a-z]\\b")
                        .matcher(help)
                        .results()
                        .map(MatchResult::group))
                .hasSizeGreaterThan(5)
                .allMatch(new PropertyNames()::contain);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
