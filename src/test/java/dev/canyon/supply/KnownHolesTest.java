package dev.canyon.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is built in against the list of known holes. What it cannot see is in docs/supply-chain.md. */
class KnownHolesTest {

    private static final String BILL = "/META-INF/sbom/application.cdx.json";
    private static final String HOLES = "/supply-chain/known-holes.csv";

    @Test
    void nothingBuiltInHasAKnownHole() throws Exception {
        List<Component> components = components();
        List<KnownHole> holes = holes();
        assertThat(holes.stream()
                        .flatMap(hole -> components.stream().filter(hole::isIn).map(hole::in)))
                .isEmpty();
        System.out.println(components.size() + " components, " + holes.size() + " holes known");
        holes.stream()
                .filter(hole -> components.stream().noneMatch(hole::concerns))
                .forEach(hole -> System.out.println("not built in: " + hole.group() + ":" + hole.artifact()));
    }

    /** An empty list of either would find nothing. */
    @Test
    void theBillHasWhatCanyonIsMadeOf() throws Exception {
        assertThat(components().stream().map(Component::artifact))
                .contains(
                        "netty-transport",
                        "netty-transport-native-epoll",
                        "tomcat-embed-core",
                        "spring-webmvc",
                        "jackson-databind",
                        "sqlite-jdbc",
                        "postgresql",
                        "swagger-ui");
        assertThat(holes().stream().map(KnownHole::group)).contains("io.netty", "org.apache.tomcat.embed");
    }

    @ParameterizedTest
    @CsvSource({
        "4.2.16.Final, true",
        "4.2.9.Final, true",
        "4.1.135.Final, true",
        "4.2.17.Final, false",
        "4.2.17, false",
        "4.2.17.0, false",
        "4.2.17.RC1, true",
        "4.2.17-SNAPSHOT, true",
        "4.2.18.Final, false",
        "4.3.0.Final, false",
        "5, false"
    })
    void aVersionBeforeTheFixHasTheHole(String version, boolean expected) {
        KnownHole hole = KnownHole.of("io.netty | * | 4.2.17 | CVE-2026-62243 | names pass");
        Component netty = new Component("io.netty", "netty-handler", version);
        assertThat(hole.isIn(netty)).isEqualTo(expected);
        assertThat(hole.isIn(new Component("io.other", "netty-handler", "1"))).isFalse();
        assertThat(hole.in(netty)).startsWith("io.netty:netty-handler:" + version + " has CVE-2026-62243: names pass");
    }

    private static List<Component> components() throws IOException {
        if (KnownHolesTest.class.getResource(BILL) == null) {
            // What is built in CI has one: .ci/sbom.py fails without.
            String reason = "KnownHolesTest is skipped: Maven makes no " + BILL + " offline (-o)";
            System.out.println(reason);
            abort(reason);
        }
        JsonNode bill = JsonMapper.shared().readTree(read(BILL));
        return bill.path("components").values().stream()
                .map(node -> new Component(
                        node.path("group").stringValue(""),
                        node.path("name").stringValue(),
                        node.path("version").stringValue()))
                .toList();
    }

    private static List<KnownHole> holes() throws IOException {
        return read(HOLES)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("group "))
                .map(KnownHole::of)
                .toList();
    }

    private static String read(String resource) throws IOException {
        try (InputStream stream = KnownHolesTest.class.getResourceAsStream(resource)) {
            assertThat(stream).as(resource).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
