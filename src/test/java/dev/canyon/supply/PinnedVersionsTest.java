package dev.canyon.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Comment;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** All versions stand in one place, each with its reason, and none floats. */
class PinnedVersionsTest {

    private static final Path POM = Path.of("pom.xml");

    @Test
    void everyVersionIsAPropertyButTheParentsAndOurOwn() throws Exception {
        assertThat(elements("version").stream()
                        .filter(version -> !parent(version).matches("parent|project"))
                        .map(Element::getTextContent))
                .isNotEmpty()
                .allMatch(version -> version.matches("\\$\\{[a-z.-]+\\.version}"));
    }

    @Test
    void everyVersionHasItsReasonBeforeIt() throws Exception {
        assertThat(versions())
                .isNotEmpty()
                .allSatisfy(version -> assertThat(before(version))
                        .as("what stands before " + version.getTagName())
                        .isInstanceOf(Comment.class));
    }

    @Test
    void noVersionFloats() throws Exception {
        assertThat(versions().stream().map(Element::getTextContent))
                .allMatch(version -> version.matches("[0-9]+(\\.[0-9]+)+(\\.Final)?"));
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

    private static List<Element> versions() throws Exception {
        return elements("properties").stream()
                .filter(properties -> parent(properties).equals("project"))
                .flatMap(properties -> children(properties).stream())
                .filter(property -> property.getTagName().endsWith(".version")
                        && !property.getTagName().equals("java.version"))
                .toList();
    }

    private static List<Element> elements(String name) throws Exception {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(POM.toFile())
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
