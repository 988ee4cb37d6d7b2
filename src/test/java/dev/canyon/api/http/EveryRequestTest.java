package dev.canyon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import dev.canyon.api.RawHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that apply to every request, with the API open on loopback. */
class EveryRequestTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/api-test-declared";
    private static final String STOP = LISTENER + "/stop";

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost", "localhost:1", "127.0.0.1", "127.0.0.1:8080", "192.0.2.7", "[::1]:80"})
    void isServedByAddressAndAsLocalhost(String host) throws Exception {
        assertThat(raw("GET /api/v1/summary HTTP/1.1", "Host: " + host).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil-localhost",
                "127.1",
                "",
            })
    void isNotServedByTheNameOfAnother(String host) throws Exception {
        for (String path : List.of("/api/v1/summary", "/actuator/health/liveness", "/swagger-ui/index.html", "/")) {
            RawHttp.Answer answer = raw("GET " + path + " HTTP/1.1", "Host: " + host);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.code()).as(path).isEqualTo("host-not-allowed");
        }
    }

    @Test
    void requiresAnAllowedHostHeader() throws Exception {
        assertThat(raw("GET /api/v1/summary HTTP/1.0").code()).isEqualTo("host-not-allowed");
        assertThat(raw("GET http://evil.example/api/v1/summary HTTP/1.0").code())
                .isEqualTo("host-not-allowed");
    }

    @Test
    void explainsAMissingHostHeader() throws Exception {
        assertThat(raw("GET /api/v1/summary HTTP/1.0").text()).contains("the request has no Host header: send");
        RawHttp.Answer missing = raw("GET /api/v1/summary HTTP/1.1");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.text()).contains("has no Host header, which HTTP/1.1 requires");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void healthChecksOfLoadBalancersNeedNoHostHeader(String probe) throws Exception {
        for (String method : List.of("GET", "HEAD")) {
            assertThat(raw(method + " " + probe + " HTTP/1.0").status())
                    .as(method)
                    .isEqualTo(200);
        }
        assertThat(raw("GET " + probe + " HTTP/1.0").text()).contains("\"status\":\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /actuator/health HTTP/1.0",
                "GET /actuator/health/liveness/ HTTP/1.0",
                "GET /actuator/health/listeners HTTP/1.0",
                "POST /actuator/health/liveness HTTP/1.0",
                "GET /actuator/health/liveness HTTP/1.0\r\nHost: evil.example",
                "GET http://evil.example/actuator/health/liveness HTTP/1.0",
                "GET /actuator/health/liveness HTTP/1.1\r\nHost:",
            })
    void noOtherRequestIsServedWithoutAnAllowedHost(String request) throws Exception {
        assertThat(raw(request).code()).isEqualTo("host-not-allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, http://localhost.evil.example",
        "Origin, 'null'",
        "Origin, http://127.0.0.1",
        "Origin, http://127.0.0.1:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
    })
    void aPageOfAnotherOriginChangesNothing(String header, String value) throws Exception {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            Answer answer = send(request(STOP).header(header, value).method(method, BodyPublishers.noBody()));
            assertThat(answer.status()).as(method).isEqualTo(403);
            assertThat(answer.code()).as(method).isEqualTo("cross-origin");
        }
        assertThat(get(LISTENER).at("/status/state").stringValue()).isEqualTo("running");
    }

    @Test
    void allowsChangesFromTheSameOrigin() throws Exception {
        String own = "http://127.0.0.1:" + serverPort;
        for (String[] header : new String[][] {
            {"Origin", own}, {"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "none"},
        }) {
            Answer answer = send(request(LISTENER + "/start").headers(header).POST(BodyPublishers.noBody()));
            assertThat(answer.status()).as(String.join(": ", header)).isEqualTo(200);
        }
    }

    @Test
    void noOtherOriginMayReadAResponse() throws Exception {
        RawHttp.Answer read =
                raw("GET /api/v1/summary HTTP/1.1", "Host: 127.0.0.1:" + serverPort, "Origin: http://evil.example");
        RawHttp.Answer preflight = raw(
                "OPTIONS /api/v1/listeners HTTP/1.1",
                "Host: 127.0.0.1:" + serverPort,
                "Origin: http://evil.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: Content-Type");
        assertThat(read.text()).doesNotContainIgnoringCase("Access-Control-");
        assertThat(preflight.text()).doesNotContainIgnoringCase("Access-Control-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-proto"})
    void aProxyDoesNotOpenTheApiToStrangers(String header) throws Exception {
        Answer answer = send(request("/api/v1/summary").header(header, "for=192.0.2.7"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/summary",
                "/api/v1/listeners/nobody",
                "/actuator/health/liveness",
                "//api",
                "/swagger-ui/index.html",
                "/nothing"
            })
    void everyAnswerTellsBrowsersToUseNothingElse(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1", "Host: localhost").text())
                .contains("Content-Security-Policy: default-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .contains("X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin")
                .doesNotContain("script-src", "unsafe-eval");
        assertThat(raw("GET " + path + " HTTP/1.1", "Host: evil.example").text())
                .contains("Content-Security-Policy: default-src 'self'", "nosniff");
    }

    @Test
    void allowsInlineStylesForSwaggerUiOnly() throws Exception {
        assertThat(get("/swagger-ui/index.html").header("Content-Security-Policy"))
                .contains("'unsafe-inline'");
        assertThat(get("/api/v1/summary").header("Content-Security-Policy")).doesNotContain("unsafe");
    }

    @Test
    void swaggerUiLoadsNothingFromOtherOrigins() throws Exception {
        assertThat(text("/swagger-ui/index.html")).doesNotContain("http://", "https://", "src=\"//", "href=\"//");
        assertThat(text("/v3/api-docs/swagger-config")).contains("\"validatorUrl\":\"\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/listeners",
                "/api//v1/listeners",
                "/api/v1/listeners;a=b",
                "/api/v1/%2e%2e/v1/listeners",
                "/api/v1/../v1/listeners",
                "/api/v1/./listeners",
                "/api/v1%2flisteners",
                "/api/v1/listeners%3ba=b",
                "/api/v1/listeners%00",
                "/api/v1\\listeners",
                "/api/v1/%252e%252e/listeners",
            })
    void aPathThatCanBeReadInTwoWaysIsRefused(String path) throws Exception {
        RawHttp.Answer answer = raw("GET " + path + " HTTP/1.1", "Host: localhost");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/listeners?%zz",
                "/api/v1/listeners?limit=%",
                "/api/v1/listeners?limit=%2",
                "/api/v1/listeners?a=%C0%AE",
                "/api/v1/runs/latest?waitMs=%zz",
                "/actuator/health/liveness?%zz",
                "/?%zz",
                "/login?%ff",
            })
    void aQueryThatCannotBeDecodedIsRefused(String path) throws Exception {
        RawHttp.Answer answer = raw("GET " + path + " HTTP/1.1", "Host: localhost");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-request");
        assertThat(answer.text()).contains("%25");
    }

    @Test
    void acceptsAnyDecodableQuery() throws Exception {
        assertThat(raw("GET /api/v1/listeners?limit=%31%30 HTTP/1.1", "Host: localhost")
                        .status())
                .isEqualTo(200);
        assertThat(raw("GET /actuator/health/liveness?%c3%a4=%25 HTTP/1.1", "Host: localhost")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void rejectsInvalidHeaderCharacters() throws Exception {
        RawHttp.Answer answer =
                raw("GET /api/v1/listeners HTTP/1.1", "Host: localhost", "If-Match: \u0085", "X-Odd: \u0085");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-request");
    }

    @Test
    void rejectsUnsupportedMethods() throws Exception {
        for (String method : List.of("TRACE", "PROPFIND", "CONNECT")) {
            RawHttp.Answer answer = raw(method + " /api/v1/listeners HTTP/1.1", "Host: localhost");
            assertThat(answer.status()).as(method).isIn(405, 501);
            assertThat(answer.text()).as(method).contains("application/problem+json");
        }
    }

    @Test
    void hasNoMetricPerFilter() throws Exception {
        assertThat(text("/actuator/prometheus"))
                .contains("http_server_requests")
                .doesNotContain("spring_security");
    }

    private RawHttp.Answer raw(String... head) throws Exception {
        return new RawHttp(serverPort).send(head);
    }
}
