package dev.canyon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links in the documentation resolve: the files and headings that they name exist. */
class DocumentLinksTest {

    private static final Path INDEX = Path.of("docs/index.md");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(
                Path.of("README.md"), Path.of("SECURITY.md"), Path.of("CHANGELOG.md"), Path.of("src/bench/README.md")));
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFileAndAHeadingThatAreThere(Path document) throws IOException {
        List<MatchResult> links = LINK.matcher(prose(document)).results().toList();
        for (MatchResult link : links) {
            Path target = link.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(link.group(1)).normalize();
            assertThat(target).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as(link.group()).contains(link.group(2));
            }
        }
    }

    @Test
    void theIndexLinksEveryDocument() throws IOException {
        List<Path> linked = LINK.matcher(prose(INDEX))
                .results()
                .map(link -> INDEX.resolveSibling(link.group(1)).normalize())
                .toList();
        try (Stream<Path> docs = Files.walk(INDEX.getParent())) {
            List<Path> pages = docs.filter(file -> file.toString().endsWith(".md") && !file.equals(INDEX))
                    .toList();
            assertThat(pages).hasSizeGreaterThan(20).allMatch(linked::contains);
        }
    }

    /** Headings as anchors, in the way GitHub and similar sites derive them. */
    private static List<String> anchors(Path document) throws IOException {
        return HEADING.matcher(prose(document))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .toList();
    }

    private static String prose(Path document) throws IOException {
        return CODE.matcher(Files.readString(document)).replaceAll("");
    }
}
