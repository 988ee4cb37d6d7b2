package dev.canyon.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the API over real HTTP, as a script would. Listeners created through it are deleted after each test. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "canyon.listeners[0].name=api-test-declared",
            "canyon.listeners[0].protocol=tcp",
            "canyon.listeners[0].port=0",
            "canyon.targets.allowed=127.0.0.8",
        })
abstract class ApiTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = JsonMapper.shared();

    @LocalServerPort
    int serverPort;

    private final List<String> created = new ArrayList<>();

    /** An answer: status, headers and the body as JSON. */
    record Answer(HttpResponse<String> response, JsonNode body) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String code() {
            return body.path("code").asString("");
        }

        /** The fields that the problem names. */
        List<String> fields() {
            return body.path("errors").values().stream()
                    .map(error -> error.path("field").stringValue())
                    .toList();
        }

        JsonNode at(String pointer) {
            return body.at(pointer);
        }
    }

    @AfterEach
    void deleteWhatWasCreated() throws Exception {
        for (String name : created) {
            delete("/api/v1/listeners/" + name);
        }
    }

    Answer create(String json) throws Exception {
        Answer answer = post("/api/v1/listeners", json);
        if (answer.status() == 201) {
            created.add(answer.body().get("name").stringValue());
        }
        return answer;
    }

    Answer get(String path) throws Exception {
        return send(request(path).GET());
    }

    /** The body of what is no JSON. */
    String text(String path) throws Exception {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    Answer post(String path, String json) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer post(String path) throws Exception {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    Answer put(String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        Answer answer = send(request.PUT(BodyPublishers.ofString(json)));
        if (answer.status() == 201) {
            created.add(answer.body().get("name").stringValue());
        }
        return answer;
    }

    Answer patch(String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/merge-patch+json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.method("PATCH", BodyPublishers.ofString(json)));
    }

    Answer delete(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).DELETE();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serverPort + path));
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String body = response.body();
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(response, json ? MAPPER.readTree(body) : MAPPER.createObjectNode());
    }
}
