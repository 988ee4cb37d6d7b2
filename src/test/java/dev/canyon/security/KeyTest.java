package dev.canyon.security;

import dev.canyon.api.ApiTest;
import java.net.http.HttpRequest;
import org.springframework.test.context.TestPropertySource;

/** A key is required. Simulates Kubernetes, where Spring Boot would trust forwarding headers by default. */
@TestPropertySource(
        properties = {
            "canyon.listeners[0].name=access-test-declared",
            "canyon.listeners[0].protocol=tcp",
            "canyon.listeners[0].port=0",
            "canyon.security.mode=key",
            "canyon.security.admin-key=" + KeyTest.ADMIN,
            "canyon.security.viewer-key=" + KeyTest.VIEWER,
            "canyon.security.allowed-hosts=canyon.example.net",
            "spring.main.cloud-platform=kubernetes",
        })
public abstract class KeyTest extends ApiTest {

    public static final String ADMIN = "admin-key-of-the-tests";
    public static final String VIEWER = "viewer-key-of-the-tests";

    public HttpRequest.Builder with(String key, String path) {
        return request(path).header("Authorization", "Bearer " + key);
    }
}
