package dev.canyon.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the API over real HTTP, as a script would. Every response must be as the OpenAPI document describes it. Listeners created
 * through it are deleted after each test.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "canyon.listeners[0].name=api-test-declared",
            "canyon.listeners[0].protocol=tcp",
            "canyon.listeners[0].port=0",
            "canyon.targets.allowed=127.0.0.8",
        })
public abstract class ApiTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static @Nullable ApiDocument document;

    @Autowired
    private ObjectProvider<OpenApiWebMvcResource> documentation;

    @LocalServerPort
    public int serverPort;

    private final List<String> created = new ArrayList<>();

    /** A response: status, headers and the body as JSON. */
    public record Answer(HttpResponse<String> response, JsonNode body) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String code() {
            return body.path("code").asString("");
        }

        /** The fields named in the problem. */
        public List<String> fields() {
            return body.path("errors").values().stream()
                    .map(error -> error.path("field").stringValue())
                    .toList();
        }

        public JsonNode at(String pointer) {
            return body.at(pointer);
        }
    }

    @AfterEach
    public void deleteCreatedListeners() throws Exception {
        for (String name : created) {
            delete("/api/v1/listeners/" + name);
        }
    }

    public Answer create(String json) throws Exception {
        Answer answer = post("/api/v1/listeners", json);
        if (answer.status() == 201) {
            created.add(answer.body().get("name").stringValue());
        }
        return answer;
    }

    public Answer get(String path) throws Exception {
        return send(request(path).GET());
    }

    /** The raw body of a response that is not JSON. */
    public String text(String path) throws Exception {
        return exchange(request(path)).body();
    }

    public Answer post(String path, String json) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer post(String path) throws Exception {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    public Answer put(String path, String json, String... headers) throws Exception {
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

    public Answer patch(String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/merge-patch+json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.method("PATCH", BodyPublishers.ofString(json)));
    }

    public Answer delete(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).DELETE();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serverPort + path));
    }

    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = exchange(request);
        String body = response.body();
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(response, json ? MAPPER.readTree(body) : MAPPER.createObjectNode());
    }

    /** Sends the request and compares the response with the document. */
    protected HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        document().check(response);
        return response;
    }

    /**
     * The document that the first server of this JVM serves, whatever keys it requires. It is the same for every configuration, and
     * takes seconds to build.
     */
    private ApiDocument document() throws IOException {
        synchronized (CLIENT) {
            ApiDocument known = document;
            if (known == null) {
                byte[] json = documentation
                        .getObject()
                        .openapiJson(new MockHttpServletRequest(), "/v3/api-docs", Locale.ROOT);
                known = new ApiDocument(new String(json, StandardCharsets.UTF_8));
                document = known;
            }
            return known;
        }
    }
}
