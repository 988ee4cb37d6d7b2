package dev.canyon.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.settings.CanyonProperties;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The entries of the audit trail, including requests rejected because of limits. */
@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=audit-declared",
            "canyon.limits.ports=1024-65535",
            "canyon.limits.bind-addresses=127.0.0.1,::1"
        })
class AuditApiTest extends ApiTest {

    private static final String LISTENERS = "/api/v1/listeners";

    @Autowired
    CanyonProperties properties;

    private AuditLines audit;

    @BeforeEach
    void readExistingEntries() throws IOException {
        audit = new AuditLines(properties);
    }

    @Test
    void recordsEachChangeBeforeItsResponse() throws Exception {
        Answer created = create("{\"name\":\"audit-a\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(audit.all()).hasSize(1);
        JsonNode line = audit.all().get(0);
        assertThat(line.propertyNames())
                .containsExactly("time", "actor", "source", "action", "target", "result", "status", "requestId");
        assertThat(line.path("actor").asString()).isEqualTo("anyone");
        assertThat(line.path("source").asString()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(line.path("requestId").asString()).isEqualTo(created.header("X-Request-Id"));
        put(LISTENERS + "/audit-a", "{\"protocol\":\"tcp\",\"port\":0,\"description\":\"never on record\"}");
        patch(LISTENERS + "/audit-a", "{\"labels\":{\"a\":\"b\"}}");
        post(LISTENERS + "/audit-a/stop");
        post(LISTENERS + "/audit-a/start");
        post(LISTENERS + "/audit-a/restart");
        post(LISTENERS + "/audit-a/reset-counters");
        get(LISTENERS + "/audit-a");
        delete(LISTENERS + "/audit-a");
        assertThat(audit.told())
                .containsExactly(
                        "listener.create audit-a ok 201",
                        "listener.put audit-a ok 200",
                        "listener.change audit-a ok 200",
                        "listener.stop audit-a ok 200",
                        "listener.start audit-a ok 200",
                        "listener.restart audit-a ok 200",
                        "listener.reset-counters audit-a ok 200",
                        "listener.delete audit-a ok 200");
        assertThat(Files.readString(audit.file())).doesNotContain("never on record");
    }

    @Test
    void recordsRejectedRequestsWithTheirCode() throws Exception {
        create("{\"name\":\"audit-low\",\"protocol\":\"tcp\",\"port\":7}");
        create("{\"name\":\"audit-wide\",\"protocol\":\"udp\",\"host\":\"0.0.0.0\",\"port\":0}");
        create("{\"name\":\"AUDIT\\nforged\",\"protocol\":\"udp\",\"port\":0}");
        post(LISTENERS);
        post(LISTENERS + "/no-such/stop");
        delete(LISTENERS + "/audit-declared");
        assertThat(audit.told())
                .containsExactly(
                        "listener.create audit-low port-not-allowed 403",
                        "listener.create audit-wide address-not-allowed 403",
                        "listener.create  invalid-request 400",
                        "listener.create  unsupported-media-type 415",
                        "listener.stop no-such listener-not-found 404",
                        "listener.delete audit-declared listener-read-only 409");
    }

    @Test
    void recordsTestMessagesAndReadsOfCapturesWithoutPayload() throws Exception {
        create("{\"name\":\"audit-m\",\"protocol\":\"tcp\",\"port\":0}");
        put(LISTENERS + "/audit-m/capture", "{}");
        post(LISTENERS + "/audit-m/messages", "{\"text\":\"a secret\"}");
        post("/api/v1/messages", target("192.0.2.7", 7007));
        post("/api/v1/messages", target("fd00::7", 7007));
        assertThat(get(LISTENERS + "/audit-m/capture/messages").status()).isEqualTo(200);
        text(LISTENERS + "/audit-m/capture.pcapng");
        get(LISTENERS + "/audit-m/capture/messages?cursor=nonsense");
        delete(LISTENERS + "/audit-m/capture");
        assertThat(audit.told())
                .containsExactly(
                        "listener.create audit-m ok 201",
                        "capture.put audit-m ok 200",
                        "message.send audit-m ok 200",
                        "message.send 192.0.2.7:7007 target-not-allowed 403",
                        "message.send [fd00::7]:7007 target-not-allowed 403",
                        "capture.read audit-m ok 200",
                        "capture.read audit-m ok 200",
                        "capture.read audit-m cursor-invalid 400",
                        "capture.delete audit-m ok 200");
        assertThat(Files.readString(audit.file())).doesNotContain("secret").doesNotContain("c2VjcmV0");
    }

    /** The response of a run with waitMs is written by another thread. */
    @Test
    void recordsRunsWithTheirTarget() throws Exception {
        create("{\"name\":\"audit-r\",\"protocol\":\"udp\",\"port\":0}");
        String id = post("/api/v1/runs?waitMs=20000", "{\"target\":{\"listener\":\"audit-r\"},\"messages\":1}")
                .at("/id")
                .asString();
        post("/api/v1/runs", "{\"target\":{\"protocol\":\"udp\",\"host\":\"192.0.2.7\",\"port\":7}}");
        post("/api/v1/runs/" + id + "/cancel");
        delete("/api/v1/runs/" + id);
        assertThat(audit.told())
                .containsExactly(
                        "listener.create audit-r ok 201",
                        "run.start audit-r ok 202",
                        "run.start 192.0.2.7:7 target-not-allowed 403",
                        "run.cancel " + id + " ok 200",
                        "run.delete " + id + " ok 200");
    }

    private static String target(String host, int port) {
        return "{\"target\":{\"protocol\":\"tcp\",\"host\":\"" + host + "\",\"port\":" + port
                + "},\"text\":\"a secret\"}";
    }

    @Test
    void recordsTheIdOfAClosedConnection() throws Exception {
        int port = create("{\"name\":\"audit-c\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            // The connection echoes on its own event loop, possibly before the accepting one has listed it.
            String id = await().until(
                            () -> get(LISTENERS + "/audit-c/connections")
                                    .at("/items/0/id")
                                    .asString(),
                            listed -> !listed.isEmpty());
            assertThat(delete(LISTENERS + "/audit-c/connections/" + id).status())
                    .as(id)
                    .isEqualTo(200);
            assertThat(audit.told()).last().isEqualTo("connection.close audit-c/" + id + " ok 200");
        }
    }

    @Test
    void recordsADocumentAndEachListenerItChanges() throws Exception {
        create("{\"name\":\"audit-old\",\"protocol\":\"tcp\",\"port\":0}");
        String document = "{\"version\":1,\"listeners\":["
                + "{\"name\":\"audit-new\",\"protocol\":\"tcp\",\"port\":0},"
                + "{\"name\":\"audit-low\",\"protocol\":\"tcp\",\"port\":7}]}";
        Answer planned = post("/api/v1/configuration/apply?dryRun=true&prune=true", document);
        Answer applied = post("/api/v1/configuration/apply?prune=true", document);
        for (Answer answer : List.of(planned, applied)) {
            assertThat(answer.at("/items/0/result").asString()).isEqualTo("created");
            assertThat(answer.at("/items/1/result").asString()).isEqualTo("failed");
            assertThat(answer.at("/items/1/problem/code").asString()).isEqualTo("port-not-allowed");
            assertThat(answer.at("/items/1/problem/status").intValue()).isEqualTo(403);
            assertThat(answer.at("/items/1/problem/detail").asString()).contains("canyon.limits.ports is 1024-65535");
        }
        post("/api/v1/configuration/apply?prune=true", "{\"version\":1,\"listeners\":[]}");
        assertThat(audit.told())
                .containsExactly(
                        "listener.create audit-old ok 201",
                        "configuration.plan  ok 200",
                        "configuration.apply  ok 200",
                        "listener.create audit-new ok ",
                        "listener.put audit-low port-not-allowed ",
                        "listener.delete audit-old ok ",
                        "configuration.apply  ok 200",
                        "listener.delete audit-low ok ",
                        "listener.delete audit-new ok ");
        assertThat(audit.all().stream()
                        .map(line -> line.path("requestId").asString())
                        .distinct())
                .hasSize(4);
    }

    @Test
    void recordsOperationsOverJmx() throws Exception {
        create("{\"name\":\"audit-j\",\"protocol\":\"tcp\",\"port\":0}");
        ObjectName name = new ObjectName("dev.canyon:type=Listener,name=audit-j");
        ManagementFactory.getPlatformMBeanServer().invoke(name, "stop", null, null);
        assertThat(audit.all().get(1).propertyNames()).containsExactly("time", "actor", "action", "target", "result");
        assertThat(audit.all().get(1).path("actor").asString()).isEqualTo("jmx");
        assertThat(audit.told().get(1)).isEqualTo("listener.stop audit-j ok ");
    }

    @Test
    void reportsAnUnwritableTrailInTheHealthUntilItRecovers() throws Exception {
        Path aside = audit.file().resolveSibling("aside");
        Files.move(audit.file(), aside);
        Files.createDirectory(audit.file());
        try {
            assertThat(create("{\"name\":\"audit-h\",\"protocol\":\"tcp\",\"port\":0}")
                            .status())
                    .as("changes are still possible")
                    .isEqualTo(201);
            Answer health = get("/actuator/health/audit");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.at("/status").asString()).isEqualTo("DEGRADED");
            assertThat(health.at("/details/trouble").asString()).contains("audit.jsonl", "lines lost: 1");
        } finally {
            Files.delete(audit.file());
            Files.move(aside, audit.file());
        }
        assertThat(get("/actuator/health/audit").at("/status").asString()).isEqualTo("UP");
        assertThat(audit.all()).singleElement().satisfies(line -> {
            assertThat(line.path("action").asString()).isEqualTo("audit.resume");
            assertThat(line.path("lost").intValue()).isEqualTo(1);
        });
    }
}
