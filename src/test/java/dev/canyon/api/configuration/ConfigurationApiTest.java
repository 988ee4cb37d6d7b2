package dev.canyon.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationApiTest extends ApiTest {

    private static final String APPLY = "/api/v1/configuration/apply";
    private static final String NOTHING = "{\"version\":1,\"listeners\":[]}";

    @AfterEach
    void deleteEverything() throws Exception {
        post(APPLY + "?prune=true", NOTHING);
    }

    @Test
    void whatItGivesIsAppliedWithoutAnyChange() throws Exception {
        create("{\"name\":\"full\",\"protocol\":\"tcp\",\"port\":0,\"description\":\"a: \\\"b\\\" # no\\n- yes\","
                + "\"labels\":{\"version\":\"1.10\",\"on\":\"no\",\"empty\":\"\",\"null\":\"~\",\"date\":\"2026-11-22\"},"
                + "\"allowedSources\":[\"127.0.0.0/8\",\"::1\"],\"tcp\":{\"maxConnectionsPerSource\":3}}");
        create("{\"name\":\"udp\",\"protocol\":\"udp\",\"port\":0,\"enabled\":false}");
        Answer json = get("/api/v1/configuration");
        assertThat(json.at("/version").intValue()).isEqualTo(1);
        assertThat(json.at("/listeners")).hasSize(2);
        assertThat(json.at("/listeners/0").has("status")).isFalse();
        assertThat(results(post(APPLY + "?prune=true", json.body().toString())))
                .containsExactly("full unchanged", "udp unchanged");
        HttpResponse<String> yaml = yaml();
        assertThat(yaml.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(yaml.body()).contains("name: \"full\"");
        assertThat(results(applyYaml(yaml.body(), "?prune=true"))).containsExactly("full unchanged", "udp unchanged");
    }

    @Test
    void aDocumentIsPlannedAndThenApplied() throws Exception {
        create("{\"name\":\"old\",\"protocol\":\"tcp\",\"port\":0}");
        String document = """
                # kept under version control
                version: 1
                listeners:
                  - {name: new, protocol: udp, port: 0}
                  - name: stopped
                    protocol: tcp
                    port: 7
                    enabled: false
                """;
        Answer plan = applyYaml(document, "?dryRun=true&prune=true");
        assertThat(plan.at("/dryRun").booleanValue()).isTrue();
        assertThat(results(plan)).containsExactly("new created", "stopped created", "old deleted");
        assertThat(get("/api/v1/listeners/new").status()).isEqualTo(404);
        Answer applied = applyYaml(document, "?prune=true");
        assertThat(applied.at("/dryRun").booleanValue()).isFalse();
        assertThat(results(applied)).isEqualTo(results(plan));
        assertThat(get("/api/v1/listeners/new").at("/status/state").stringValue())
                .isEqualTo("running");
        assertThat(get("/api/v1/listeners/old").status()).isEqualTo(404);
        assertThat(get("/api/v1/listeners/api-test-declared").status()).isEqualTo(200);
    }

    @Test
    void aPortThatIsInUseConcernsOneListener() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Answer applied = post(
                    APPLY,
                    document(
                            "{\"name\":\"taken\",\"protocol\":\"tcp\",\"port\":" + holder.getLocalPort() + "}",
                            "{\"name\":\"fine\",\"protocol\":\"tcp\",\"port\":0}"));
            assertThat(results(applied)).containsExactly("taken failed", "fine created");
            assertThat(applied.at("/items/0/problem/code").stringValue()).isEqualTo("port-in-use");
            assertThat(applied.at("/items/1/problem").isNull()).isTrue();
            int port = get("/api/v1/listeners/fine").at("/status/port").intValue();
            try (Socket client = new Socket("127.0.0.1", port)) {
                client.getOutputStream().write(5);
                assertThat(client.getInputStream().read()).isEqualTo(5);
            }
        }
    }

    @Test
    void aDryRunReportsWhatCanBeKnownWithoutOpeningAPort() throws Exception {
        Answer plan = post(
                APPLY + "?dryRun=true",
                document(
                        "{\"name\":\"elsewhere\",\"protocol\":\"tcp\",\"host\":\"192.0.2.7\",\"port\":0}",
                        "{\"name\":\"disabled\",\"protocol\":\"udp\",\"host\":\"192.0.2.7\",\"port\":0,\"enabled\":false}",
                        "{\"name\":\"bundle\",\"protocol\":\"tcp\",\"port\":0,\"tls\":{\"bundle\":\"missing\"}}",
                        "{\"name\":\"created\",\"protocol\":\"tcp\",\"port\":0,\"tls\":{\"bundle\":\"untrusted\"}}",
                        "{\"name\":\"sni\",\"protocol\":\"tcp\",\"port\":0,"
                                + "\"tls\":{\"bundle\":\"untrusted\",\"sni\":{\"a.example\":\"missing\"}}}"));
        assertThat(results(plan))
                .containsExactly(
                        "elsewhere failed", "disabled created", "bundle failed", "created created", "sni failed");
        assertThat(plan.at("/items/0/problem/code").stringValue()).isEqualTo("address-unavailable");
        assertThat(plan.at("/items/2/problem/code").stringValue()).isEqualTo("tls-unavailable");
    }

    @Test
    void everyFaultIsToldWithItsPlaceAndNothingIsTouched() throws Exception {
        Answer refused = post(
                APPLY,
                document(
                        "{\"name\":\"good\",\"protocol\":\"tcp\",\"port\":0}",
                        "{\"name\":\"B\",\"protocol\":\"tcp\",\"port\":70000,\"prot\":1}",
                        "7",
                        "{\"name\":\"good\",\"protocol\":\"udp\",\"port\":\"7\"}",
                        "{\"name\":\"good\",\"protocol\":\"udp\",\"port\":1}"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields())
                .contains(
                        "listeners[1].name",
                        "listeners[1].port",
                        "listeners[1].prot",
                        "listeners[2]",
                        "listeners[3].port",
                        "listeners[4].name");
        assertThat(get("/api/v1/listeners/good").status()).isEqualTo(404);
        assertRefused("{\"listeners\":[]}", "version");
        assertRefused("{\"version\":2,\"listeners\":[]}", "version");
        assertRefused("{\"version\":1}", "listeners");
        assertRefused("{\"version\":1,\"listeners\":{}}", "listeners");
        assertRefused("{\"version\":1,\"listeners\":[],\"more\":1}", "more");
        assertRefused("[]", "body");
        assertThat(post(APPLY + "?dryrun=true", NOTHING).fields()).containsExactly("dryrun");
        assertThat(post(APPLY + "?dryRun=yes", NOTHING).fields()).containsExactly("dryRun");
    }

    @Test
    void yamlIsReadAsStrictlyAsJson() throws Exception {
        assertYamlRefused("version: 1\nversion: 1\nlisteners: []", "version");
        assertYamlRefused("version: 1\nlisteners: [", "body");
        assertYamlRefused("version: 1\nlisteners: []\n---\nversion: 1", "body");
        assertYamlRefused("version: 1\nlisteners: &a []\nmore: *a", "body");
        assertYamlRefused("", "body");
        assertYamlRefused("version: 1\nlisteners: []\n#" + "x".repeat(70_000), "body");
        assertYamlRefused("- 1", "body");
        assertYamlRefused("version: 1\nlisteners: " + "[".repeat(100_000), "body");
        assertYamlRefused("version: \"1\"\nlisteners: []", "version");
        assertYamlRefused(
                "version: 1\nlisteners: [{name: a, protocol: tcp, port: 0, labels: {version: 1.10}}]",
                "listeners[0].labels.version");
    }

    @Test
    void aDuplicateKeyDoesNotHideOtherFaults() throws Exception {
        Answer refused = applyYaml("""
                version: 1
                more: 1
                listeners:
                  - {name: a, protocol: tcp, port: 0}
                  - name: b
                    protocol: tcp
                    port: 1
                    port: 2
                    tcp: {backlog: 1, backlog: 2, x: .nan}
                    bufferBytes: 0
                """, "");
        assertThat(refused.fields())
                .containsExactlyInAnyOrder(
                        "more",
                        "listeners[1].port",
                        "listeners[1].tcp.backlog",
                        "listeners[1].tcp.x",
                        "listeners[1].bufferBytes");
        assertThat(refused.at("/detail").stringValue())
                .contains("listeners[1].port is a duplicate key (line 8, column 5)");
    }

    @Test
    void aPastedViewIsADefinition() throws Exception {
        Answer view = create("{\"name\":\"pasted\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(results(post(APPLY, document(view.body().toString())))).containsExactly("pasted unchanged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"})
    void yamlIsAcceptedAndReturnedUnderEachOfItsNames(String type) throws Exception {
        Answer applied = send(request(APPLY)
                .header("Content-Type", type + "; charset=utf-8")
                .POST(BodyPublishers.ofString("version: 1\nlisteners: [{name: a, protocol: tcp, port: 0}]")));
        assertThat(results(applied)).containsExactly("a created");
        HttpResponse<String> yaml = java.net.http.HttpClient.newHttpClient()
                .send(request("/api/v1/configuration").header("Accept", type).build(), BodyHandlers.ofString());
        assertThat(yaml.statusCode()).isEqualTo(200);
        assertThat(yaml.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(yaml.body()).contains("name: \"a\"");
    }

    @Test
    void aDocumentInAnotherEncodingOrWithAnotherOneIsExplained() throws Exception {
        Answer latin = send(request(APPLY)
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString("version: 1\n# caf\u00e9\nlisteners: []", StandardCharsets.ISO_8859_1)));
        assertThat(latin.at("/detail").stringValue()).isEqualTo("body is not UTF-8 (line 2): convert it");
        Answer two = applyYaml("version: 1\nlisteners: []\n---\nversion: 1\nlisteners: []", "");
        assertThat(two.at("/detail").stringValue()).startsWith("body contains more than one document (line 4,");
    }

    @Test
    void aDocumentThatContradictsWhatStaysIsRefusedAsAWhole() throws Exception {
        int port = create("{\"name\":\"stays\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        Answer taken = post(
                APPLY,
                document(
                        "{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}",
                        "{\"name\":\"b\",\"protocol\":\"tcp\",\"port\":" + port + "}"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("endpoint-taken");
        assertThat(taken.at("/holder").stringValue()).isEqualTo("stays");
        assertThat(taken.fields()).containsExactly("listeners[1].port");
        assertThat(taken.at("/errors/0/message")).isEqualTo(taken.at("/detail"));
        Answer readOnly = post(APPLY, document("{\"name\":\"api-test-declared\",\"protocol\":\"udp\",\"port\":0}"));
        assertThat(readOnly.code()).isEqualTo("listener-read-only");
        assertThat(readOnly.fields()).containsExactly("listeners[0].name");
        assertThat(post(APPLY + "?dryRun=true", document("{\"name\":\"b\",\"protocol\":\"tcp\",\"port\":" + port + "}"))
                        .fields())
                .containsExactly("listeners[0].port");
        assertThat(get("/api/v1/listeners/a").status()).isEqualTo(404);
    }

    @Test
    void aDocumentMayBeLongAndOtherBodiesMayNot() throws Exception {
        String padding = " ".repeat(5 * 1024 * 1024);
        assertThat(post(APPLY, NOTHING + padding).status()).isEqualTo(200);
        assertThat(applyYaml("version: 1\nlisteners: []\n" + "# long\n".repeat(700_000), "")
                        .status())
                .isEqualTo(200);
        assertThat(post(APPLY, NOTHING + padding.repeat(4)).code()).isEqualTo("payload-too-large");
        assertThat(post("/api/v1/listeners", "{}" + padding).code()).isEqualTo("payload-too-large");
    }

    @Test
    void onlyTheDocumentSpeaksYaml() throws Exception {
        assertThat(send(request("/api/v1/listeners")
                                .header("Accept", "application/yaml")
                                .GET())
                        .status())
                .isEqualTo(406);
        assertThat(send(request("/api/v1/listeners")
                                .header("Content-Type", "application/yaml")
                                .POST(BodyPublishers.ofString("name: a")))
                        .status())
                .isEqualTo(415);
        assertThat(send(request("/api/v1/configuration")
                                .header("Accept", "text/html")
                                .GET())
                        .status())
                .isEqualTo(406);
    }

    @Test
    void aFormWithoutABoundaryIsRefusedLikeAnyOther() throws Exception {
        Answer refused = send(
                request(APPLY).header("Content-Type", "multipart/form-data").POST(BodyPublishers.ofString("{}")));
        assertThat(refused.code()).isEqualTo("unsupported-media-type");
    }

    private void assertRefused(String document, String field) throws Exception {
        Answer refused = post(APPLY, document);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).contains(field);
    }

    private void assertYamlRefused(String document, String field) throws Exception {
        Answer refused = applyYaml(document, "");
        assertThat(refused.status()).as(document.lines().findFirst().orElse("")).isEqualTo(400);
        assertThat(refused.fields()).contains(field);
    }

    private HttpResponse<String> yaml() throws IOException, InterruptedException {
        return exchange(request("/api/v1/configuration").header("Accept", "application/yaml"));
    }

    private Answer applyYaml(String document, String query) throws Exception {
        return send(request(APPLY + query)
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(document)));
    }

    private static String document(String... definitions) {
        return "{\"version\":1,\"listeners\":[" + String.join(",", definitions) + "]}";
    }

    private static List<String> results(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("items").values().stream()
                .map(item -> item.path("name").stringValue() + " "
                        + item.path("result").stringValue())
                .toList();
    }
}
