package dev.canyon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** A reverse proxy removes the path; Tomcat trusts it. */
@TestPropertySource(
        properties = {
            "server.forward-headers-strategy=native",
            "canyon.listeners[0].name=forwarded-prefix-test-declared"
        })
class ForwardedPrefixTest extends BehindPathContract {

    @Override
    HttpRequest.Builder received(String path) {
        return forwarded(path, PREFIX);
    }

    final HttpRequest.Builder forwarded(String path, String prefix) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serverPort + path))
                .header("X-Forwarded-For", "192.0.2.7")
                .header("X-Forwarded-Host", "localhost")
                .header("X-Forwarded-Prefix", prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/canyon/", "/tools/canyon", "/", "/.well-known"})
    void aPrefixMayHaveSeveralSegmentsAndASlashAtItsEnd(String prefix) throws Exception {
        String seen = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        assertThat(send(forwarded("/", prefix).header("Accept", "text/html")).header("Location"))
                .endsWith(seen + "/login");
    }
}
