package dev.canyon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Canyon itself serves a path. */
@TestPropertySource(
        properties = {"server.servlet.context-path=/canyon", "canyon.listeners[0].name=context-path-test-declared"})
class ContextPathTest extends BehindPathContract {

    @Override
    HttpRequest.Builder received(String path) {
        return outside(PREFIX + path);
    }

    private HttpRequest.Builder outside(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serverPort + path));
    }

    @Test
    void thePathIsRedirectedToTheDashboardAndNothingIsOutsideOfIt() throws Exception {
        assertThat(send(outside(PREFIX)).header("Location")).isEqualTo("/canyon/");
        assertThat(send(outside("/actuator/health/liveness")).status()).isEqualTo(404);
    }
}
