package dev.canyon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid requests are rejected with a problem that names every invalid field, and change nothing. */
class BadInputTest extends ApiTest {

    private static final String LISTENERS = "/api/v1/listeners";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "prot                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"prot\":1}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":\"7\"}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":7.5}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":7.0}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":-1}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":65536}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":99999999999999999999}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":true}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\"}",
                "port                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":1,\"port\":2}",
                "name                | {\"protocol\":\"tcp\",\"port\":0}",
                "name                | {\"name\":\"A b\",\"protocol\":\"tcp\",\"port\":0}",
                "name                | {\"name\":\"-a\",\"protocol\":\"tcp\",\"port\":0}",
                "name                | {\"name\":7,\"protocol\":\"tcp\",\"port\":0}",
                "name                | {\"name\":null,\"protocol\":\"tcp\",\"port\":0}",
                "protocol            | {\"name\":\"a\",\"protocol\":\"sctp\",\"port\":0}",
                "protocol            | {\"name\":\"a\",\"port\":0}",
                "host                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"host\":\"\"}",
                "host                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"host\":\"a b\"}",
                "host                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"host\":\"[::1]\"}",
                "host                | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"host\":\"http://x/\"}",
                "description         | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"description\":\"\\ud800\"}",
                "enabled             | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"enabled\":1}",
                "enabled             | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"enabled\":\"true\"}",
                "labels.x            | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"labels\":{\"x\":1}}",
                "labels.a b          | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"labels\":{\"a b\":\"1\"}}",
                "labels              | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"labels\":[]}",
                "allowedSources[0]   | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"allowedSources\":[\"10.0.0.1/8\"]}",
                "allowedSources      | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"allowedSources\":\"10.0.0.0/8\"}",
                "bufferBytes         | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"bufferBytes\":0}",
                "bufferBytes         | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"bufferBytes\":65537}",
                "tcp.backlog         | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"tcp\":{\"backlog\":0}}",
                "tcp.x               | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"tcp\":{\"x\":0}}",
                "tcp                 | {\"name\":\"a\",\"protocol\":\"udp\",\"port\":0,\"tcp\":{}}",
                "udp                 | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"udp\":{}}",
                "drainTimeoutMs      | {\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":-1}",
                "body                | {\"name\":",
                "body                | []",
                "body                | 7",
                "body                | {} {}",
            })
    void namesTheFaultyField(String field, String json) throws Exception {
        assertInvalid(create(json), field);
    }

    @Test
    void reportsAllFaultsTogether() throws Exception {
        Answer answer =
                create("{\"name\":\"A b\",\"prot\":1,\"port\":\"7\",\"enabled\":1,\"tcp\":{\"backlog\":0,\"x\":1}}");
        assertThat(answer.fields())
                .containsExactlyInAnyOrder("name", "prot", "protocol", "port", "enabled", "tcp.backlog", "tcp.x");
    }

    /** The response must not be many times as long as a body full of faults. */
    @Test
    void reportsAtMostAHundredFaults() throws Exception {
        String unknown =
                IntStream.range(0, 20_000).mapToObj(i -> "\"x" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
        Answer answer = create(unknown);
        assertInvalid(answer, "x0");
        assertThat(answer.fields()).hasSize(101).contains("x99", "body").doesNotContain("x100");
        assertThat(answer.response().body()).contains("body contains further errors; only the first 100 are reported");
    }

    @Test
    void aNameHasAtMost63Characters() throws Exception {
        String name = "a".repeat(63);
        assertThat(create("{\"name\":\"" + name + "\",\"protocol\":\"tcp\",\"port\":0}")
                        .status())
                .isEqualTo(201);
        assertInvalid(create("{\"name\":\"a" + name + "\",\"protocol\":\"tcp\",\"port\":0}"), "name");
    }

    @Test
    void anExistingNameIsAConflict() throws Exception {
        create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}");
        Answer answer = create("{\"name\":\"a\",\"protocol\":\"udp\",\"port\":0}");
        assertProblem(answer, 409, "listener-exists");
        assertThat(get(LISTENERS + "/a").at("/protocol").stringValue()).isEqualTo("tcp");
    }

    @Test
    void reportsAMissingBody() throws Exception {
        assertInvalid(post(LISTENERS, ""), "body");
    }

    @Test
    void rejectsABodyOverOneMebibyteWithAndWithoutContentLength() throws Exception {
        String big = " ".repeat(1024 * 1024 + 1);
        assertProblem(post(LISTENERS, big), 413, "payload-too-large");
        byte[] spaces = " ".repeat(1024).getBytes(StandardCharsets.UTF_8);
        Answer chunked = send(request(LISTENERS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArrays(Collections.nCopies(1025, spaces))));
        assertProblem(chunked, 413, "payload-too-large");
    }

    @Test
    void rejectsDeepNesting() throws Exception {
        Answer answer = post(LISTENERS, "{\"status\":" + "[".repeat(100) + "]".repeat(100) + "}");
        assertInvalid(answer, "body");
        assertThat(answer.at("/detail").stringValue()).isEqualTo("body is nested more than 64 levels deep");
    }

    @Test
    void aDuplicateKeyDoesNotHideOtherFaults() throws Exception {
        assertThat(create(
                                "{\"name\":\"A b\",\"protocol\":\"tcp\",\"port\":1,\"port\":2,\"tcp\":{\"x\":1,\"backlog\":1,\"backlog\":2}}")
                        .fields())
                .containsExactlyInAnyOrder("port", "tcp.backlog", "name", "tcp.x");
        assertThat(put(LISTENERS + "/a", "{\"name\":\"b\",\"protocol\":\"tcp\",\"port\":1,\"port\":\"2\",\"x\":1}")
                        .fields())
                .containsExactlyInAnyOrder("port", "name", "x");
        create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(patch(LISTENERS + "/a", "{\"port\":1,\"port\":2,\"enabled\":1,\"protocol\":\"udp\",\"x\":null}")
                        .fields())
                .containsExactlyInAnyOrder("port", "enabled", "protocol", "x");
        assertThat(post(LISTENERS + "/a/messages", "{\"text\":\"a\",\"text\":\"b\",\"repeat\":0}")
                        .fields())
                .containsExactlyInAnyOrder("text", "repeat");
        assertThat(post(
                                "/api/v1/runs?waitMs=x",
                                "{\"connections\":0,\"connections\":1,\"target\":{\"listener\":\"a\"},\"y\":1}")
                        .fields())
                .containsExactlyInAnyOrder("waitMs", "connections", "y");
        assertThat(put(LISTENERS + "/a/capture", "{\"ttlMs\":1,\"ttlMs\":1000,\"maxMessages\":0}")
                        .fields())
                .containsExactlyInAnyOrder("ttlMs", "maxMessages");
    }

    @Test
    void aFixedFieldOfAPatchNamesTheRemedy() throws Exception {
        create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}");
        Answer refused = patch(LISTENERS + "/a", "{\"protocol\":\"udp\"}");
        assertInvalid(refused, "protocol");
        assertThat(refused.at("/errors/0/message").stringValue()).contains("replace the listener with PUT");
        assertThat(patch(LISTENERS + "/a", "{\"status\":{}}").at("/detail").stringValue())
                .isEqualTo("status is read-only: omit it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "[]", "\"running\""})
    void aStatusIsIgnoredOnlyIfItMayHaveBeenReturned(String status) throws Exception {
        assertInvalid(create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"status\":" + status + "}"), "status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", " { }\n"})
    void operationsWithoutABodyAcceptAnEmptyObject(String body) throws Exception {
        String listener = LISTENERS + "/api-test-declared";
        // The client would end the body at a chunk of no bytes, and then once more.
        List<byte[]> chunks = body.isEmpty() ? List.of() : List.of(body.getBytes(StandardCharsets.UTF_8));
        for (String operation : new String[] {"/stop", "/start", "/restart", "/reset-counters"}) {
            assertThat(post(listener + operation, body).status()).as(operation).isEqualTo(200);
            assertThat(send(request(listener + operation).POST(BodyPublishers.ofByteArrays(chunks)))
                            .status())
                    .as(operation)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"a\":1}", "null", "{}{}", "{"})
    void operationsWithoutABodyRejectAnyOther(String body) throws Exception {
        assertInvalid(post(LISTENERS + "/api-test-declared/start", body), "body");
        assertInvalid(post(LISTENERS + "/api-test-declared/start", body + " ".repeat(100)), "body");
    }

    @Test
    void rejectsUnknownAndRepeatedQueryParameters() throws Exception {
        assertInvalid(get(LISTENERS + "?foo=1"), "foo");
        assertInvalid(get(LISTENERS + "?limit=1&limit=2"), "limit");
        assertInvalid(get(LISTENERS + "?limit=0"), "limit");
        assertInvalid(get(LISTENERS + "?limit=1001"), "limit");
        assertInvalid(get(LISTENERS + "?limit=ten"), "limit");
        assertInvalid(get(LISTENERS + "?state=open"), "state");
        assertInvalid(post(LISTENERS + "/api-test-declared/start?force=true"), "force");
        assertProblem(get(LISTENERS + "?cursor=zzz"), 400, "cursor-invalid");
        assertInvalid(post(LISTENERS + "/api-test-declared/start", "{\"force\":true}"), "body");
    }

    @Test
    void reportsAWrongMediaTypeMethodOrPath() throws Exception {
        Answer form = send(request(LISTENERS)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=a")));
        assertProblem(form, 415, "unsupported-media-type");
        assertThat(form.at("/detail").stringValue()).contains("application/json");
        Answer yaml = send(
                request(LISTENERS).header("Content-Type", "application/yaml").POST(BodyPublishers.ofString("name: a")));
        assertProblem(yaml, 415, "unsupported-media-type");
        Answer method = delete(LISTENERS);
        assertProblem(method, 405, "method-not-allowed");
        assertThat(method.header("Allow")).contains("GET", "POST");
        assertProblem(get("/api/v1/nothing"), 404, "not-found");
        assertProblem(get("/nothing"), 404, "not-found");
        assertProblem(send(request(LISTENERS).header("Accept", "text/html").GET()), 406, "not-acceptable");
        assertProblem(
                send(request(LISTENERS).header("Accept", "application/yaml").GET()), 406, "not-acceptable");
    }

    @Test
    void requestsRejectedByTomcatGetAProblem() throws Exception {
        assertThat(raw("GET /\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"code\":\"invalid-request\"")
                .doesNotContain("Tomcat", "Exception");
        assertThat(raw("GET /api/v1/listeners/a%2Fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
        assertThat(raw("TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hex             | {\"hex\":\"123\"}",
                "hex             | {\"hex\":\"zz\"}",
                "base64          | {\"base64\":\"%%\"}",
                "charset         | {\"text\":\"a\",\"charset\":\"klingon\"}",
                "charset         | {\"text\":\"a\",\"charset\":\"ISO-2022-CN\"}",
                "text            | {\"text\":\"\u00e9\",\"charset\":\"us-ascii\"}",
                "body            | {}",
                "body            | {\"text\":\"a\",\"hex\":\"61\"}",
                "size            | {\"size\":65537}",
                "size            | {\"size\":-1}",
                "timeoutMs       | {\"text\":\"a\",\"timeoutMs\":0}",
                "sourcePort      | {\"text\":\"a\",\"sourcePort\":65536}",
                "expect          | {\"text\":\"a\",\"expect\":{}}",
                "expect.echo     | {\"text\":\"a\",\"expect\":{\"echo\":false}}",
                "expect.hex      | {\"text\":\"a\",\"expect\":{\"hex\":\"1\"}}",
                "txt             | {\"txt\":\"a\",\"text\":\"a\"}",
            })
    void aBadTestMessageIsNotSent(String field, String json) throws Exception {
        assertInvalid(post(LISTENERS + "/api-test-declared/messages", json), field);
    }

    private static void assertInvalid(Answer answer, String field) {
        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.fields()).contains(field);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.at("/type").stringValue()).isEqualTo("urn:canyon:problem:" + code);
        assertThat(answer.at("/status").intValue()).isEqualTo(status);
        assertThat(answer.response().body()).doesNotContain("java.", "org.springframework", "\\n\\tat ");
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", serverPort)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
