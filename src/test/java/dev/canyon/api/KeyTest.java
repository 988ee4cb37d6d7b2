package dev.canyon.api;

import java.net.http.HttpRequest;
import org.springframework.test.context.TestPropertySource;

/** A key is needed. Spring Boot takes itself to be in Kubernetes, where it would trust proxies unasked. */
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
abstract class KeyTest extends ApiTest {

    static final String ADMIN = "admin-key-of-the-tests";
    static final String VIEWER = "viewer-key-of-the-tests";

    HttpRequest.Builder with(String key, String path) {
        return request(path).header("Authorization", "Bearer " + key);
    }
}
