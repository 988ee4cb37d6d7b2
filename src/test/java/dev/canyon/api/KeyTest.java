package dev.canyon.api;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
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
@Import(KeyTest.Failures.class)
abstract class KeyTest extends ApiTest {

    static final String ADMIN = "admin-key-of-the-tests";
    static final String VIEWER = "viewer-key-of-the-tests";

    @Autowired
    Failures failures;

    /** Hears of wrong keys, as a log of them would. */
    @TestConfiguration
    static class Failures {

        private final List<String> sources = new CopyOnWriteArrayList<>();

        @EventListener
        void on(AbstractAuthenticationFailureEvent event) {
            sources.add(((WebAuthenticationDetails) event.getAuthentication().getDetails()).getRemoteAddress());
        }

        List<String> sources() {
            return sources;
        }
    }

    HttpRequest.Builder with(String key, String path) {
        return request(path).header("Authorization", "Bearer " + key);
    }
}
