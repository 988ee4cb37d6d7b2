package dev.canyon.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.api.ApiTest;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.engine.fault.type.FaultTypes.FaultType;
import dev.canyon.net.Protocol;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document is in the repository, describes every refusal, and its examples work as they stand. */
@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=echo-tcp",
            "canyon.listeners[0].protocol=tcp",
            "canyon.listeners[0].port=0",
            "canyon.listeners[1].name=echo-udp",
            "canyon.listeners[1].protocol=udp",
            "canyon.listeners[1].port=0",
        })
class OpenApiTest extends ApiTest {

    private static final Path COMMITTED = Path.of("openapi.json");
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    /** One operation of the document. */
    private record Call(String tag, String method, String path, JsonNode operation) {}

    @Test
    void theCommittedDocumentIsTheServedOne() throws Exception {
        String served = get("/v3/api-docs").response().body().strip() + "\n";
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(COMMITTED, served);
        }
        assertThat(served)
                .as("openapi.json is stale: run ./mvnw test -Dtest=OpenApiTest -Dopenapi.update=true")
                .isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void everyCallHasASummaryAndItsRefusals() throws Exception {
        for (Call call : callsInTheOrderOfThePage()) {
            String name = call.method + " " + call.path;
            assertThat(call.operation.path("summary").asString("")).as(name).isNotBlank();
            assertThat(call.operation.path("operationId").asString("")).as(name).isNotBlank();
            assertThat(call.operation.path("responses").propertyNames().stream())
                    .as(name)
                    .anyMatch(status -> status.startsWith("4"));
        }
    }

    @Test
    void theExamplesWorkFromTheTopOfThePageDown() throws Exception {
        String freePort = String.valueOf(FreePorts.next());
        String echo = "/api/v1/listeners/echo-tcp";
        int echoPort = get(echo).at("/status/port").intValue();
        try (Socket client = new Socket("127.0.0.1", echoPort)) {
            await().until(() -> get(echo + "/connections").body().path("items").size() == 1);
            String id = get(echo + "/connections").at("/items/0/id").stringValue();
            runTheExamples(freePort, String.valueOf(echoPort), id);
            assertThat(client.getInputStream().read())
                    .as("closed by one of the calls")
                    .isEqualTo(-1);
        }
    }

    private void runTheExamples(String freePort, String echoPort, String connection) throws Exception {
        for (Call call : callsInTheOrderOfThePage()) {
            // Which connections there are nobody can know beforehand: this id is taken from the list.
            String path = withExamples(call).replace("/connections/1", "/connections/" + connection);
            HttpRequest.Builder request = request(path);
            JsonNode content = call.operation.at("/requestBody/content");
            if (content.isMissingNode()) {
                request.method(call.method.toUpperCase(Locale.ROOT), BodyPublishers.noBody());
            } else {
                String type = content.propertyNames().iterator().next();
                JsonNode example =
                        content.path(type).path("examples").values().iterator().next();
                request.header("Content-Type", type)
                        .method(
                                call.method.toUpperCase(Locale.ROOT),
                                BodyPublishers.ofString(
                                        // The example's own ports may be in use on the machine that tests.
                                        example.path("value")
                                                .toString()
                                                .replace("7010", freePort)
                                                .replace("7007", echoPort)));
            }
            Answer answer = send(request);
            assertThat(answer.status())
                    .as("%s %s: %s", call.method, call.path, answer.response().body())
                    .isBetween(200, 202);
        }
    }

    @Test
    void everyExampleOfATestMessageAndOfARunPasses() throws Exception {
        post("/api/v1/listeners/echo-tcp/start");
        String port = String.valueOf(
                get("/api/v1/listeners/echo-tcp").at("/status/port").intValue());
        int sent = 0;
        for (Call call : callsInTheOrderOfThePage()) {
            if (List.of("Test messages", "Runs").contains(call.tag)) {
                JsonNode examples = call.operation.at("/requestBody/content/application~1json/examples");
                for (JsonNode example : examples.values()) {
                    String body = example.path("value").toString().replace("7007", port);
                    Answer answer = post(withExamples(call) + (call.tag.equals("Runs") ? "?waitMs=60000" : ""), body);
                    assertThat(answer.at("/verdict").asString(""))
                            .as("%s %s: %s", call.path, body, answer.response().body())
                            .isEqualTo("pass");
                    sent++;
                }
            }
        }
        assertThat(sent).isEqualTo(8);
    }

    @Test
    void everyExampleOfAFaultWorks() throws Exception {
        JsonNode document = get("/v3/api-docs").body();
        JsonNode examples = document.at(
                "/paths/~1api~1v1~1listeners~1{name}~1faults/post/requestBody/content" + "/application~1json/examples");
        assertThat(examples.propertyNames())
                .containsExactlyElementsOf(FaultTypes.byName().keySet());
        for (Protocol protocol : Protocol.values()) {
            post(
                    "/api/v1/listeners",
                    "{\"name\": \"faulty-%s\", \"protocol\": \"%s\", \"host\": \"127.0.0.1\", \"port\": %d%s}"
                            .formatted(
                                    protocol,
                                    protocol,
                                    FreePorts.next(),
                                    // For faults of TLS handshakes and of messages.
                                    protocol == Protocol.TCP
                                            ? ", \"tls\": {\"bundle\": \"self-signed\"}, \"framing\": {\"type\": \"line\"}"
                                            : ""));
        }
        for (JsonNode example : examples.values()) {
            JsonNode body = example.path("value");
            FaultType<?> type = FaultTypes.of(body.path("type").stringValue());
            String listener = "faulty-" + type.protocols().iterator().next();
            Answer added = post("/api/v1/listeners/" + listener + "/faults", body.toString());
            assertThat(added.status())
                    .as("%s: %s", body, added.response().body())
                    .isEqualTo(201);
            assertThat(schemaOf(document, type, "Request").path("example").properties())
                    .isSubsetOf(body.properties());
            assertThat(delete("/api/v1/listeners/" + listener + "/faults").status())
                    .isEqualTo(200);
        }
        for (Protocol protocol : Protocol.values()) {
            delete("/api/v1/listeners/faulty-" + protocol);
        }
    }

    @Test
    void aFaultInForceHasTheFieldsOfItsSchema() throws Exception {
        JsonNode document = get("/v3/api-docs").body();
        post("/api/v1/listeners/echo-tcp/faults", "{\"type\": \"latency\", \"delayMs\": 0}");
        JsonNode served = get("/api/v1/listeners/echo-tcp/faults").at("/items/0");
        assertThat(document.at("/components/schemas/FaultList/properties/items/items/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/FaultView");
        JsonNode schema = schemaOf(document, FaultTypes.of("latency"), "View");
        assertThat(schema.path("properties").propertyNames()).containsAll(served.propertyNames());
        assertThat(served.propertyNames())
                .containsAll(schema.path("required")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .toList());
        delete("/api/v1/listeners/echo-tcp/faults");
    }

    private static JsonNode schemaOf(JsonNode document, FaultType<?> type, String suffix) {
        String name = document.at("/components/schemas/" + "Fault" + suffix + "/discriminator/mapping")
                .path(type.name())
                .stringValue();
        return document.at(name.substring(1));
    }

    @Test
    void aRequestMayHaveNullWhereTheDocumentPermitsIt() throws Exception {
        String listener = "/api/v1/listeners/null-test";
        assertThat(create(nulls("ListenerRequest", "{'name': 'null-test', 'protocol': 'udp', 'port': 0}"))
                        .status())
                .isEqualTo(201);
        assertThat(put(listener, nulls("ListenerReplacement", "{'protocol': 'udp', 'port': 0}"))
                        .status())
                .isEqualTo(200);
        assertThat(patch(listener, nulls("ListenerPatch", "{'labels': {'team': null}}"))
                        .status())
                .isEqualTo(200);
        assertThat(put(listener + "/capture", nulls("CaptureRequest", "{}")).status())
                .isEqualTo(200);
        assertThat(post(listener + "/messages", nulls("MessageRequest", "{'text': 'Hello karl'}"))
                        .status())
                .isEqualTo(200);
        String run = nulls("RunRequest", "{'target': {'listener': 'null-test'}, 'messages': 1}");
        assertThat(post("/api/v1/runs?waitMs=60000", run).status()).isEqualTo(200);
    }

    /** The fields, and null for each other field of the schema that may be null. */
    private String nulls(String schema, String fields) throws Exception {
        ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(fields.replace('\'', '"'));
        List<String> nulls =
                get("/v3/api-docs").at("/components/schemas/" + schema + "/properties").properties().stream()
                        .filter(property -> property.getValue().findValues("type").stream()
                                .flatMap(type -> type.isArray() ? type.valueStream() : Stream.of(type))
                                .anyMatch(type -> type.asString().equals("null")))
                        .map(Map.Entry::getKey)
                        .filter(name -> !body.has(name))
                        .toList();
        assertThat(nulls).as(schema).isNotEmpty();
        nulls.forEach(body::putNull);
        return body.toString();
    }

    private static String withExamples(Call call) {
        String path = call.path;
        for (JsonNode parameter : call.operation.path("parameters").values()) {
            if (parameter.path("in").asString("").equals("path")) {
                path = path.replace(
                        "{" + parameter.path("name").stringValue() + "}",
                        parameter.path("example").asString());
            }
        }
        return path;
    }

    /** Swagger UI shows tag after tag, and within a tag path after path and method after method as in the document. */
    private List<Call> callsInTheOrderOfThePage() throws Exception {
        JsonNode document = get("/v3/api-docs").body();
        List<Call> calls = new ArrayList<>();
        for (JsonNode tag : document.path("tags").values()) {
            String wanted = tag.path("name").stringValue();
            document.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(method -> {
                        JsonNode operation = method.getValue();
                        if (METHODS.contains(method.getKey())
                                && operation.at("/tags/0").asString("").equals(wanted)) {
                            calls.add(new Call(wanted, method.getKey(), path.getKey(), operation));
                        }
                    }));
        }
        assertThat(calls).hasSizeGreaterThanOrEqualTo(11);
        return calls;
    }
}
