package dev.canyon.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples of the guide are parts of tests. */
class GuideTest {

    private static final Path GUIDE = Path.of("../../docs/testing-with-java.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```java\n(.*?)^```$");

    @Test
    void everyExampleIsPartOfATest() throws IOException {
        List<String> sources = sources();
        List<String> examples = EXAMPLE.matcher(Files.readString(GUIDE))
                .results()
                .map(example -> withoutIndentation(example.group(1)))
                .toList();
        assertThat(examples).hasSizeGreaterThan(8);
        assertThat(examples.stream().filter(example -> sources.stream().noneMatch(source -> source.contains(example))))
                .isEmpty();
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(GuideTest::read)
                    .map(GuideTest::withoutIndentation)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String withoutIndentation(String code) {
        return String.join("\n", code.lines().map(String::strip).toList()).strip();
    }
}
