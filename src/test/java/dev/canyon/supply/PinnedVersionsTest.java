package dev.canyon.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Comment;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** All versions of a build stand in one place, each with its reason, and none floats. */
class PinnedVersionsTest {

    private static final String MAIN = "pom.xml";
    private static final String JUNIT = "src/junit/pom.xml";

    @ParameterizedTest
    @ValueSource(strings = {MAIN, JUNIT})
    void everyVersionIsAPropertyButTheParentsAndOurOwn(String pom) throws Exception {
        assertThat(elements(pom, "version").stream()
                        .filter(version -> !parent(version).matches("parent|project"))
                        .map(Element::getTextContent))
                .isNotEmpty()
                .allMatch(version -> version.matches("\\$\\{[a-z.-]+\\.version}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIN, JUNIT})
    void everyVersionHasItsReasonBeforeIt(String pom) throws Exception {
        assertThat(versions(pom))
                .isNotEmpty()
                .allSatisfy(version -> assertThat(before(version))
                        .as("what stands before " + version.getTagName())
                        .isInstanceOf(Comment.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIN, JUNIT})
    void noVersionFloats(String pom) throws Exception {
        assertThat(versions(pom).stream().map(Element::getTextContent))
                .allMatch(version -> version.matches("[0-9]+(\\.[0-9]+)+(\\.Final|\\.RELEASE)?"));
    }

    @Test
    void bothBuildsHaveTheSameVersions() throws Exception {
        Map<String, String> main = versionsByName(MAIN);
        Map<String, String> junit = versionsByName(JUNIT);
        junit.keySet().retainAll(main.keySet());
        assertThat(junit)
                .containsKeys("netty.version", "errorprone.version", "of the project", "spring-boot.version")
                .allSatisfy((name, version) -> assertThat(version).as(name).isEqualTo(main.get(name)));
    }

    private static Map<String, String> versionsByName(String pom) throws Exception {
        Map<String, String> versions =
                versions(pom).stream().collect(Collectors.toMap(Element::getTagName, Element::getTextContent));
        elements(pom, "version").forEach(version -> {
            if (parent(version).equals("project")) {
                versions.put("of the project", version.getTextContent());
            } else if (parent(version).equals("parent")) {
                versions.put("spring-boot.version", version.getTextContent());
            }
        });
        return versions;
    }

    @Test
    void theBaseImageIsNamedWithAVersion() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith("FROM "))
                .toList();
        List<String> stages = lines.stream()
                .filter(line -> line.contains(" AS "))
                .map(line -> line.substring(line.indexOf(" AS ") + 4))
                .toList();
        assertThat(lines).anyMatch(line -> line.contains(":")).allMatch(line -> {
            String base = line.split(" ", -1)[1];
            return stages.contains(base) || base.matches("[a-z/-]+:[0-9].*");
        });
    }

    private static List<Element> versions(String pom) throws Exception {
        return elements(pom, "properties").stream()
                .filter(properties -> parent(properties).equals("project"))
                .flatMap(properties -> children(properties).stream())
                .filter(property -> property.getTagName().endsWith(".version")
                        && !property.getTagName().equals("java.version"))
                .toList();
    }

    private static List<Element> elements(String pom, String name) throws Exception {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(pom).toFile())
                .getElementsByTagName(name);
        return elements(found);
    }

    private static List<Element> children(Element element) {
        return elements(element.getChildNodes());
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static String parent(Element element) {
        return element.getParentNode().getNodeName();
    }

    private static Node before(Element element) {
        Node node = element.getPreviousSibling();
        while (node.getNodeType() == Node.TEXT_NODE) {
            node = node.getPreviousSibling();
        }
        return node;
    }
}
