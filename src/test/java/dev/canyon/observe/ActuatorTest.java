package dev.canyon.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.engine.EchoTransport;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.util.ReflectionTestUtils;
import tools.jackson.databind.JsonNode;

/** The second listener has the port of the first one, so it is failed. */
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

    @Autowired
    EchoTransport transport;

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
    void faultsInForceAreNamedAndTheListenerStaysUp() throws Exception {
        String details = "/components/listeners/components/health-good/details";
        assertThat(get("/actuator/health").at(details + "/faults").isMissingNode())
                .isTrue();
        post("/api/v1/listeners/health-good/faults", "{\"id\": \"quiet\", \"type\": \"silence\"}");
        Answer health = get("/actuator/health");
        assertThat(health.at(details + "/faults/quiet").stringValue()).isEqualTo("silence");
        assertThat(health.at("/components/listeners/components/health-good/status")
                        .stringValue())
                .isEqualTo("UP");
        delete("/api/v1/listeners/health-good/faults");
        assertThat(get("/actuator/health/listeners/health-good")
                        .at("/details/faults")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void aFailedListenerReportsItsCauseAndNextRetry() throws Exception {
        Answer failed = get("/api/v1/listeners/health-bad");
        assertThat(failed.at("/status/state").stringValue()).isEqualTo("failed");
        assertThat(failed.at("/status/failure/code").stringValue()).isEqualTo("address-unavailable");
        assertThat(failed.at("/status/failure/nextRetryAt").isString()).isTrue();
        assertThat(post("/api/v1/listeners/health-bad/start").code()).isEqualTo("address-unavailable");
    }

    @Test
    void infoContainsVersionJavaAndTransport() throws Exception {
        Answer info = get("/actuator/info");
        assertThat(info.at("/build/version").stringValue()).isNotBlank();
        assertThat(info.at("/java/version").stringValue()).isNotBlank();
        assertThat(info.at("/transport/kind").stringValue()).isEqualTo("nio");
    }

    @Test
    void listenersAreBeansWhileTheyExist() throws Exception {
        create("{\"name\":\"bean-a\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(get("/actuator/beans").response().body()).contains("\"listener:bean-a\"");
        assertThat(get("/actuator/health").response().body()).contains("\"bean-a\"");
        delete("/api/v1/listeners/bean-a");
        assertThat(get("/actuator/beans").response().body()).doesNotContain("\"listener:bean-a\"");
        assertThat(get("/actuator/health").response().body()).doesNotContain("\"bean-a\"");
    }

    @Test
    void anUnknownComponentIsAProblemRatherThanAnEmptyResponse() throws Exception {
        for (String path : List.of("health/nobody", "health/listeners/nobody", "metrics/nothing", "nothing")) {
            Answer answer = get("/actuator/" + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.header("Content-Type")).as(path).isEqualTo("application/problem+json");
            assertThat(answer.code()).as(path).isEqualTo("not-found");
        }
    }

    @Test
    void overTwoHundredListenersOnlyThoseNotUpAreListed() throws Exception {
        // Two hundred with the two declared listeners, one of which is failed.
        post("/api/v1/listeners/health-good/stop");
        for (int i = 0; i < 198; i++) {
            create("{\"name\":\"crowd-" + i + "\",\"protocol\":\"udp\",\"port\":0,\"enabled\":false}");
        }
        JsonNode all = get("/actuator/health/listeners").at("/components");
        assertThat(all.size()).isEqualTo(200);
        assertThat(all.has("_counts")).isFalse();

        create("{\"name\":\"crowd-more\",\"protocol\":\"tcp\",\"port\":0}");
        Answer health = get("/actuator/health/listeners");
        assertThat(health.at("/status").stringValue()).isEqualTo("DEGRADED");
        assertThat(health.at("/components").propertyNames()).containsExactlyInAnyOrder("_counts", "health-bad");
        JsonNode counts = health.at("/components/_counts/details");
        assertThat(counts.path("running").intValue()).isEqualTo(1);
        assertThat(counts.path("stopped").intValue()).isEqualTo(199);
        assertThat(counts.path("failed").intValue()).isEqualTo(1);
        Answer one = get("/actuator/health/listeners/crowd-more");
        assertThat(one.at("/status").stringValue()).isEqualTo("UP");
        assertThat(one.at("/details/connections").intValue()).isZero();
        assertThat(get("/actuator/health/listeners/_counts")
                        .at("/details/failed")
                        .intValue())
                .isEqualTo(1);
        assertThat(counts.has("withFaults")).isFalse();
        post("/api/v1/listeners/crowd-more/faults", "{\"type\": \"silence\"}");
        Answer faulty = get("/actuator/health/listeners/_counts");
        assertThat(faulty.at("/status").stringValue()).isEqualTo("UP");
        assertThat(faulty.at("/details/withFaults").valueStream().map(JsonNode::stringValue))
                .containsExactly("crowd-more");
        delete("/api/v1/listeners/crowd-more/faults");
        post("/api/v1/listeners/health-good/start");
    }

    @Test
    void aLaggingEventLoopDegradesTheHealth() throws Exception {
        assertThat(get("/actuator/health/loops").at("/status").stringValue()).isEqualTo("UP");
        CountDownLatch release = new CountDownLatch(1);
        block(release);
        try {
            await().untilAsserted(() -> {
                Answer health = get("/actuator/health");
                assertThat(health.status()).isEqualTo(200);
                assertThat(health.at("/components/loops/status").stringValue()).isEqualTo("DEGRADED");
                assertThat(health.at("/components/loops/details/lagMs").intValue())
                        .isGreaterThan(1_000);
                assertThat(get("/actuator/health/liveness").at("/status").stringValue())
                        .isEqualTo("UP");
            });
            assertThat(new Scrape(text("/actuator/prometheus")).value("canyon_loop_lag_seconds"))
                    .isGreaterThan(1);
        } finally {
            release.countDown();
        }
        await().untilAsserted(() -> assertThat(
                        get("/actuator/health/loops").at("/status").stringValue())
                .isEqualTo("UP"));
    }

    /** Blocks one of the application's event loops; there is no other way to do so from outside the transport. */
    private void block(CountDownLatch release) {
        Object parts = ReflectionTestUtils.getField(transport, "parts");
        EventLoopGroup loops = (EventLoopGroup) ReflectionTestUtils.getField(Objects.requireNonNull(parts), "loops");
        Objects.requireNonNull(loops).next().execute(() -> {
            try {
                release.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
