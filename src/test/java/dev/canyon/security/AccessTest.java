package dev.canyon.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.RawHttp;
import dev.canyon.api.audit.AuditLines;
import dev.canyon.settings.CanyonProperties;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Access rules where a key is required. */
class AccessTest extends KeyTest {

    private static final String SUMMARY = "GET /api/v1/summary HTTP/1.1";
    private static final String DECLARED = "/api/v1/listeners/access-test-declared";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Set<String> CAPTURED =
            Set.of("/api/v1/listeners/{name}/capture/messages", "/api/v1/listeners/{name}/capture.pcapng");

    /** An operation of the OpenAPI document. */
    private record Operation(String method, String template) {

        String path() {
            return template.replace("{name}", "nobody").replaceAll("\\{[^}]+}", "1");
        }

        boolean isForViewers() {
            return method.equals("GET") && !CAPTURED.contains(template);
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    @Autowired
    CanyonProperties properties;

    @Test
    void everyOperationRequiresAKey() throws Exception {
        for (Operation operation : operations()) {
            Answer answer = send(request(operation, null));
            assertThat(answer.status()).as("%s", operation).isEqualTo(401);
            assertThat(answer.code()).as("%s", operation).isEqualTo("unauthenticated");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void aWrongKeyGrantsAccessToNoOperation() throws Exception {
        int source = 10;
        for (Operation operation : operations()) {
            // Each from an address of its own, which has not tried before.
            RawHttp.Answer answer = from(source++)
                    .send(
                            operation.method + " " + operation.path() + " HTTP/1.1",
                            "Host: localhost",
                            "X-API-Key: wrong-key-of-the-tests");
            assertThat(answer.status()).as("%s", operation).isEqualTo(401);
            assertThat(answer.code()).as("%s", operation).isEqualTo("unauthenticated");
            assertThat(answer.text()).doesNotContain("wrong-key-of-the-tests");
        }
    }

    @Test
    void aViewerCanReadAllButCapturedTrafficAndChangeNothing() throws Exception {
        for (Operation operation : operations()) {
            Answer answer = send(request(operation, VIEWER));
            if (operation.isForViewers()) {
                assertThat(answer.status()).as("%s", operation).isNotIn(401, 403);
            } else {
                assertThat(answer.status()).as("%s", operation).isEqualTo(403);
                assertThat(answer.code()).as("%s", operation).isEqualTo("forbidden");
            }
        }
    }

    @Test
    void anAdminHasFullAccess() throws Exception {
        for (Operation operation : operations()) {
            assertThat(send(request(operation, ADMIN)).status())
                    .as("%s", operation)
                    .isNotIn(401, 403);
        }
    }

    /** GET and HEAD on every path, including those of operations that change something. */
    @Test
    void readingChangesNothing() throws Exception {
        AuditLines audit = new AuditLines(properties);
        try (Socket client =
                new Socket("127.0.0.1", declared().at("/status/port").intValue())) {
            String connections = DECLARED + "/connections";
            await().until(() -> send(with(ADMIN, connections)).at("/items").size() == 1);
            String id = send(with(ADMIN, connections)).at("/items/0/id").stringValue();
            JsonNode before = declared();
            for (String template :
                    operations().stream().map(Operation::template).distinct().toList()) {
                String path = template.replace("{name}", "access-test-declared").replaceAll("\\{[^}]+}", id);
                for (String method : List.of("GET", "HEAD")) {
                    send(with(ADMIN, path).method(method, BodyPublishers.noBody()));
                }
            }
            assertThat(declared()).isEqualTo(before);
            assertThat(send(with(ADMIN, connections)).at("/items/0/id").stringValue())
                    .isEqualTo(id);
        }
        assertThat(audit.told()).allMatch(line -> line.startsWith("capture.read "));
    }

    private JsonNode declared() throws Exception {
        return send(with(ADMIN, DECLARED)).body();
    }

    @Test
    void theOpenApiDocumentDescribesTheAccess() throws Exception {
        JsonNode document = send(with(ADMIN, "/v3/api-docs")).body();
        assertThat(document.at("/components/securitySchemes/bearer/scheme").stringValue())
                .isEqualTo("bearer");
        assertThat(document.at("/components/securitySchemes/apiKey/name").stringValue())
                .isEqualTo("X-API-Key");
        for (Operation operation : operations()) {
            JsonNode responses = document.path("paths")
                    .path(operation.template)
                    .path(operation.method.toLowerCase(Locale.ROOT))
                    .path("responses");
            assertThat(responses.has("401") && responses.has("429"))
                    .as("%s", operation)
                    .isTrue();
            assertThat(responses.path("403").path("description").asString("").contains("`forbidden`"))
                    .as("%s", operation)
                    .isEqualTo(!operation.isForViewers());
        }
    }

    @Test
    void theCallerHasTheRoleOfItsKey() throws Exception {
        assertThat(send(with(ADMIN, "/api/v1/me")).body()).hasToString("{\"name\":\"admin\",\"role\":\"admin\"}");
        assertThat(send(with(VIEWER, "/api/v1/me")).body()).hasToString("{\"name\":\"viewer\",\"role\":\"viewer\"}");
    }

    @Test
    void aKeyIsAcceptedInEitherHeader() throws Exception {
        assertThat(send(request("/api/v1/summary").header("X-API-Key", VIEWER)).status())
                .isEqualTo(200);
        assertThat(send(request("/api/v1/summary").header("Authorization", "bearer " + VIEWER))
                        .status())
                .isEqualTo(200);
        assertThat(send(request("/api/v1/summary?key=" + VIEWER)).status()).isEqualTo(401);
        assertThat(send(request("/api/v1/summary").header("Authorization", "Basic YWRtaW46YWRtaW4="))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/listeners/access-test-declared/capture/messages",
                "/api/v1/listeners/access-test-declared/capture/messages/",
                "/api/v1/listeners/access-test-declared/c%61pture/messages",
                "/api/v1/listeners/access-test-declared/capture/m%65ssages",
                "/api/v1/listeners/access-test-declared//capture/messages",
                "/api/v1/listeners/access-test-declared/capture//messages",
                "/api/v1/listeners/access-test-declared/capture;a=b/messages",
                "/api/v1/listeners/access-test-declared/capture/messages;a=b",
                "/api/v1/listeners/access-test-declared/events/../capture/messages",
                "/api/v1/listeners/access-test-declared/%2e/capture/messages",
                "/api/v1/listeners/access-test-declared/capture%2fmessages",
                "/api/v1/listeners/access-test-declared/capture.pcapng",
                "/api/v1/listeners/access-test-declared/capture%2epcapng",
                "/api/v1/listeners/access-test-declared/captur%65.pcapng",
                "/api/v1/listeners/access-test-declared/capture.pcapng/",
                "/actuator/beans",
                "/actuator/b%65ans",
                "/actuator/beans/",
                "/actuator/health/liveness/../../beans",
                "/actuator/health/liveness;/../beans",
            })
    void noSpellingOfAPathGivesAViewerMoreAccess(String path) throws Exception {
        for (String method : List.of("GET", "HEAD", "OPTIONS")) {
            RawHttp.Answer answer = new RawHttp(serverPort)
                    .send(method + " " + path + " HTTP/1.1", "Host: localhost", "X-API-Key: " + VIEWER);
            assertThat(answer.status()).as(method).isIn(400, 403);
            RawHttp.Answer stranger =
                    new RawHttp(serverPort).send(method + " " + path + " HTTP/1.1", "Host: localhost");
            assertThat(stranger.status()).as(method).isIn(400, 401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/health/liveness,   200, 200, 200",
        "/health/readiness,  200, 200, 200",
        "/health,            401, 200, 200",
        "/health/listeners,  401, 200, 200",
        "/info,              401, 200, 200",
        "/metrics,           401, 200, 200",
        "/metrics/jvm.info,  401, 200, 200",
        "/prometheus,        401, 200, 200",
        "/beans,             401, 403, 200",
        "/env,               401, 404, 404",
        "/heapdump,          401, 404, 404",
        "/threaddump,        401, 404, 404",
        "/loggers,           401, 404, 404",
        "/configprops,       401, 404, 404",
        "/shutdown,          401, 404, 404",
    })
    void actuatorShowsOnlyTheProbesWithoutAKey(String path, int stranger, int viewer, int admin) throws Exception {
        Answer answer = get("/actuator" + path);
        assertThat(answer.status()).isEqualTo(stranger);
        assertThat(answer.body().has("components")).isFalse();
        assertThat(send(with(VIEWER, "/actuator" + path)).status()).isEqualTo(viewer);
        assertThat(send(with(ADMIN, "/actuator" + path)).status()).isEqualTo(admin);
    }

    @Test
    void actuatorChangesNothing() throws Exception {
        for (String path : List.of("/shutdown", "/loggers/root", "/health", "/nothing")) {
            Answer answer = send(with(ADMIN, "/actuator" + path).POST(BodyPublishers.noBody()));
            assertThat(answer.status()).as(path).isIn(403, 405);
        }
    }

    @Test
    void pagesAndDocumentsRequireAuthentication() throws Exception {
        for (String path : List.of(
                "/swagger-ui.html", "/swagger-ui/index.html", "/v3/api-docs", "/v3/api-docs/swagger-config", "/")) {
            assertThat(get(path).status()).as(path).isEqualTo(401);
            Answer browser = send(request(path).header("Accept", "text/html,*/*;q=0.8"));
            assertThat(browser.status()).as(path).isEqualTo(302);
            assertThat(browser.header("Location")).as(path).isEqualTo("/login");
        }
        assertThat(send(request("/api/v1/summary").header("Accept", "text/html,*/*"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tenWrongKeysLockTheirSourceOutRegardlessOfForwardingHeaders() throws Exception {
        AuditLines audit = new AuditLines(properties);
        RawHttp guesser = from(77);
        for (int i = 0; i < 10; i++) {
            assertThat(guesser.send(
                                    SUMMARY,
                                    "Host: localhost",
                                    "X-API-Key: wrong-key-number-" + i,
                                    "X-Forwarded-For: 192.0.2." + i,
                                    "Forwarded: for=192.0.2." + i)
                            .status())
                    .isEqualTo(401);
        }
        RawHttp.Answer right = guesser.send(SUMMARY, "Host: localhost", "X-API-Key: " + ADMIN);
        assertThat(right.status()).isEqualTo(429);
        assertThat(right.code()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(right.header("Retry-After"))).isBetween(1, 60);
        assertThat(guesser.send(SUMMARY, "Host: localhost").status())
                .as("without a key")
                .isEqualTo(401);
        assertThat(send(with(ADMIN, "/api/v1/summary")).status())
                .as("from elsewhere")
                .isEqualTo(200);
        assertThat(audit.all())
                .as("on record: each wrong key, but not what is not looked at")
                .filteredOn(line -> line.path("source").asString("").startsWith("127.0.0.77:"))
                .hasSize(10);
    }

    @Test
    void aMissingKeyDoesNotCountAsAWrongOne() throws Exception {
        RawHttp stranger = from(78);
        for (int i = 0; i < 20; i++) {
            assertThat(stranger.send(SUMMARY, "Host: localhost").status()).isEqualTo(401);
        }
        assertThat(stranger.send(SUMMARY, "Host: localhost", "X-API-Key: " + ADMIN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void acceptsAConfiguredHostName() throws Exception {
        RawHttp raw = new RawHttp(serverPort);
        assertThat(raw.send("GET /api/v1/summary HTTP/1.1", "Host: Canyon.example.net:8080", "X-API-Key: " + VIEWER)
                        .status())
                .isEqualTo(200);
        assertThat(raw.send("GET /api/v1/summary HTTP/1.1", "Host: evil.example", "X-API-Key: wrong-key-0123456789")
                        .code())
                .as("before anybody looks at the key")
                .isEqualTo("host-not-allowed");
    }

    @Test
    void aKeyDoesNotPermitCrossOriginChanges() throws Exception {
        Answer answer = send(with(ADMIN, "/api/v1/listeners/access-test-declared/stop")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.noBody()));
        assertThat(answer.code()).isEqualTo("cross-origin");
    }

    private HttpRequest.Builder request(Operation operation, @Nullable String key) {
        return (key == null ? request(operation.path()) : with(key, operation.path()))
                .method(operation.method, BodyPublishers.noBody());
    }

    private RawHttp from(int lastByte) {
        return new RawHttp(serverPort, "127.0.0." + lastByte);
    }

    private List<Operation> operations() throws Exception {
        List<Operation> operations = new ArrayList<>();
        send(with(ADMIN, "/v3/api-docs"))
                .body()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method ->
                                operations.add(new Operation(method.toUpperCase(Locale.ROOT), path.getKey()))));
        assertThat(operations).hasSizeGreaterThanOrEqualTo(24);
        assertThat(operations)
                .filteredOn(operation -> CAPTURED.contains(operation.template))
                .hasSize(2);
        return operations;
    }
}
