package dev.canyon.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of all API tests notices each kind of difference from the document. */
class ApiDocumentTest {

    private static final ApiDocument DOCUMENT = new ApiDocument("""
            {
              "paths": {
                "/api/v1/things/{id}": {
                  "get": {"responses": {
                    "200": {
                      "headers": {"ETag": {}},
                      "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
                    },
                    "204": {"description": "nothing"}
                  }}
                }
              },
              "components": {"schemas": {
                "Thing": {
                  "type": "object",
                  "required": ["name", "at", "part"],
                  "properties": {
                    "name": {"type": "string"},
                    "at": {"type": "string", "format": "date-time"},
                    "part": {"anyOf": [{"$ref": "#/components/schemas/Part"}, {"type": "null"}]}
                  }
                },
                "Part": {"type": "object", "properties": {"kind": {"type": ["string", "null"], "enum": ["a", null]}}},
                "Problem": {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}}
              }}
            }""");

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    /** A response to a GET. */
    private record Response(String path, int statusCode, String type, String body, boolean tagged)
            implements HttpResponse<String> {

        @Override
        public HttpRequest request() {
            return HttpRequest.newBuilder(uri())
                    .method("GET", BodyPublishers.noBody())
                    .build();
        }

        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(
                    tagged
                            ? Map.of("Content-Type", List.of(type), "ETag", List.of("\"1\""))
                            : Map.of("Content-Type", List.of(type)),
                    (name, value) -> true);
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return URI.create("http://127.0.0.1" + path);
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': 'n', 'at': '2026-11-22T13:00:00Z', 'part': null}",
                "{'name': 'n', 'at': '2026-11-22T13:00:00.123456Z', 'part': {'kind': null}}",
                "{'name': 'n', 'at': '2026-11-22T13:00:00Z', 'part': {'kind': 'a'}}"
            },
            quoteCharacter = '`')
    void acceptsWhatTheDocumentDescribes(String body) {
        assertThatCode(() -> DOCUMENT.check(thing(body))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': 'n', 'at': '2026-11-22T13:00:00Z'}",
                "{'name': null, 'at': '2026-11-22T13:00:00Z', 'part': null}",
                "{'name': 'n', 'at': 'yesterday', 'part': null}",
                "{'name': 'n', 'at': '2026-11-22T13:00:00Z', 'part': {'kind': 'b'}}",
                "{'name': 'n', 'at': '2026-11-22T13:00:00Z', 'part': {'other': 1}}",
                "{'name': 'n', 'at': '2026-11-22T13:00:00Z', 'part': null, 'other': 1}"
            },
            quoteCharacter = '`')
    void refusesOtherBodies(String body) {
        assertThatThrownBy(() -> DOCUMENT.check(thing(body))).isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesAnotherStatusMediaTypeOrHeader() {
        String body = "{\"name\": \"n\", \"at\": \"2026-11-22T13:00:00Z\", \"part\": null}";
        assertDiffers(new Response("/api/v1/things/1", 202, JSON, body, true), "status");
        assertDiffers(new Response("/api/v1/things/1", 200, "text/plain", body, true), "media type");
        assertDiffers(new Response("/api/v1/things/1", 200, JSON, body, false), "ETag");
        assertDiffers(new Response("/api/v1/things/1", 204, JSON, body, true), "204");
    }

    @Test
    void onlyProblemsMayComeFromPathsThatAreNotInTheDocument() {
        String problem = "{\"code\": \"not-found\"}";
        assertThatCode(() -> DOCUMENT.check(new Response("/api/v1/none", 404, PROBLEM, problem, false)))
                .doesNotThrowAnyException();
        assertDiffers(new Response("/api/v1/none", 200, JSON, problem, false), "not in the document");
        assertDiffers(new Response("/api/v1/none", 404, JSON, problem, false), "404");
        assertDiffers(new Response("/api/v1/none", 404, PROBLEM, "{}", false), "404");
    }

    private static Response thing(String body) {
        return new Response("/api/v1/things/1", 200, JSON, body.replace('\'', '"'), true);
    }

    private static void assertDiffers(Response response, String what) {
        assertThatThrownBy(() -> DOCUMENT.check(response))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(what);
    }
}
