package dev.canyon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document as a contract: fails for a response that it does not describe. Thread-safe. */
final class ApiDocument {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private static final String PROBLEM = "{\"$ref\": \"#/components/schemas/Problem\"}";

    private final ObjectNode components;
    private final List<Resource> resources;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /** A path of the document with its operations, and what it matches. */
    private record Resource(String template, Pattern path, JsonNode operations) {

        static Resource of(String template, JsonNode operations) {
            return new Resource(template, Pattern.compile(template.replaceAll("\\{\\w+}", "[^/]+")), operations);
        }
    }

    ApiDocument(String json) {
        ObjectNode document = (ObjectNode) JSON.readTree(json);
        components = (ObjectNode) document.get("components");
        components.get("schemas").forEach(ApiDocument::close);
        resources = document.get("paths").properties().stream()
                .map(path -> Resource.of(path.getKey(), path.getValue()))
                // A path without parameters is preferred to one that also matches.
                .sorted(Comparator.comparing(resource -> resource.template.contains("{")))
                .toList();
    }

    /** Clients must tolerate fields that are added later, but each field that there is must be in the document. */
    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    /** Fails if the document does not describe the response. Paths outside the API are not checked. */
    void check(HttpResponse<String> response) {
        String path = response.uri().getRawPath();
        String method = response.request().method();
        if (!path.startsWith("/api/") || method.equals("OPTIONS")) {
            return;
        }
        String call = method + " " + path + " -> " + response.statusCode();
        JsonNode operation = operation(method, path);
        if (operation.isMissingNode()) {
            assertThat(response.statusCode())
                    .as(call + ", which is not in the document")
                    .isGreaterThanOrEqualTo(400);
            checkProblem(call, response);
            return;
        }
        JsonNode described = operation.path("responses").path(String.valueOf(response.statusCode()));
        assertThat(described.isMissingNode())
                .as(call + ": status missing in the document")
                .isFalse();
        checkHeaders(call, response, described.path("headers"));
        checkContent(call, response, described.path("content"));
    }

    private JsonNode operation(String method, String path) {
        String described = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return resources.stream()
                .filter(resource -> resource.path.matcher(path).matches())
                .findFirst()
                .map(resource -> resource.operations.path(described))
                .orElseGet(JSON::missingNode);
    }

    private void checkProblem(String call, HttpResponse<String> response) {
        assertThat(mediaType(response)).as(call).isEqualTo("application/problem+json");
        checkBody(call, response, JSON.readTree(PROBLEM));
    }

    private static void checkHeaders(String call, HttpResponse<String> response, JsonNode described) {
        described
                .propertyNames()
                .forEach(name -> assertThat(response.headers().firstValue(name))
                        .as(call + ": " + name)
                        .isPresent());
    }

    private void checkContent(String call, HttpResponse<String> response, JsonNode described) {
        if (described.isEmpty()) {
            assertThat(response.body()).as(call).isEmpty();
            return;
        }
        String type = mediaType(response);
        assertThat(described.propertyNames()).as(call + ": media type").contains(type);
        if (type.endsWith("json")) {
            checkBody(call, response, described.path(type).path("schema"));
        }
    }

    private void checkBody(String call, HttpResponse<String> response, JsonNode schema) {
        if (!response.request().method().equals("HEAD")) {
            assertThat(schema(schema).validate(JSON.readTree(response.body())))
                    .as(call + ": " + response.body())
                    .isEmpty();
        }
    }

    /** With the components of the document, to which it refers. */
    private Schema schema(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), text -> {
            ObjectNode complete = (ObjectNode) JSON.readTree(text);
            complete.set("components", components);
            return SCHEMAS.getSchema(complete);
        });
    }

    private static String mediaType(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }
}
