package dev.canyon.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The second listener has a port that the first one holds, so it is failed. */
@TestPropertySource(
        properties = {
            "canyon.transport=nio",
            "canyon.listeners[0].name=health-good",
            "canyon.listeners[0].protocol=tcp",
            "canyon.listeners[0].port=0",
            "canyon.listeners[1].name=health-bad",
            "canyon.listeners[1].protocol=udp",
            "canyon.listeners[1].host=203.0.113.1",
            "canyon.listeners[1].port=7",
        })
class ActuatorTest extends ApiTest {

    @Test
    void aFailedListenerDegradesTheHealthAndNothingElse() throws Exception {
        Answer health = get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.at("/status").stringValue()).isEqualTo("DEGRADED");
        assertThat(health.at("/components/listeners/components/health-good/status")
                        .stringValue())
                .isEqualTo("UP");
        assertThat(health.at("/components/listeners/components/health-bad/details/failure")
                        .stringValue())
                .isEqualTo("address-unavailable");
        assertThat(get("/actuator/health/listeners/health-bad").at("/status").stringValue())
                .isEqualTo("DEGRADED");
        assertThat(get("/actuator/health/listeners/nobody").status()).isEqualTo(404);
        assertThat(get("/actuator/health/liveness").at("/status").stringValue()).isEqualTo("UP");
        assertThat(get("/actuator/health/readiness").at("/status").stringValue())
                .isEqualTo("UP");
    }

    @Test
    void aFailedListenerSaysWhyAndWhenItIsTriedAgain() throws Exception {
        Answer failed = get("/api/v1/listeners/health-bad");
        assertThat(failed.at("/status/state").stringValue()).isEqualTo("failed");
        assertThat(failed.at("/status/failure/code").stringValue()).isEqualTo("address-unavailable");
        assertThat(failed.at("/status/failure/nextRetryAt").isString()).isTrue();
        assertThat(post("/api/v1/listeners/health-bad/start").code()).isEqualTo("address-unavailable");
    }

    @Test
    void infoSaysVersionJavaAndTransport() throws Exception {
        Answer info = get("/actuator/info");
        assertThat(info.at("/build/version").stringValue()).isNotBlank();
        assertThat(info.at("/java/version").stringValue()).isNotBlank();
        assertThat(info.at("/transport/kind").stringValue()).isEqualTo("nio");
    }

    @Test
    void listenersAreBeansAndComeAndGo() throws Exception {
        create("{\"name\":\"bean-a\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(get("/actuator/beans").response().body()).contains("\"listener:bean-a\"");
        assertThat(get("/actuator/health").response().body()).contains("\"bean-a\"");
        delete("/api/v1/listeners/bean-a");
        assertThat(get("/actuator/beans").response().body()).doesNotContain("\"listener:bean-a\"");
        assertThat(get("/actuator/health").response().body()).doesNotContain("\"bean-a\"");
    }
}
