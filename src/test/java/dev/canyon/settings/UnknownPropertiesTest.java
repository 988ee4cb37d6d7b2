package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class UnknownPropertiesTest {

    @Test
    void refusesWhatCanyonDoesNotHaveAndRepeatsNoValue() {
        UnknownPropertyException refusal = catchThrowableOfType(
                UnknownPropertyException.class, () -> start(Map.of("CANYON_SECURITY_ADMNKEY", "secret")));
        assertThat(refusal).hasMessageContaining("CANYON_SECURITY_ADMNKEY").hasMessageNotContaining("secret");
        assertThat(refusal.remedy()).contains("canyon.security.admin-key").doesNotContain("secret");
    }

    @Test
    void namesAllThatAreUnknown() {
        assertThat(catchThrowableOfType(
                        UnknownPropertyException.class, () -> start(Map.of("canyon.x", "1", "canyon.y", "2"))))
                .hasMessageContaining("canyon.x", "canyon.y");
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
        assertThat(catchThrowableOfType(UnknownPropertyException.class, () -> start(Map.of("CANYON_X", "1")))
                        .remedy())
                .isEqualTo("Correct it, or leave it out; docs/operations.md lists them all.");
    }

    @Test
    void leavesAloneWhatKubernetesTellsOfAServiceOfThatName() {
        assertThatCode(() -> start(Map.of(
                        "CANYON_SERVICE_HOST", "10.0.0.7",
                        "CANYON_SERVICE_PORT_HTTP", "8080",
                        "CANYON_PORT", "tcp://10.0.0.7:8080",
                        "CANYON_PORT_8080_TCP_ADDR", "10.0.0.7",
                        "CANYON_ECHO_PORT_7007_UDP", "udp://10.0.0.7:7007")))
                .doesNotThrowAnyException();
        assertThat(catchThrowableOfType(UnknownPropertyException.class, () -> start(Map.of("CANYON_PORT", "7007"))))
                .isNotNull();
    }

    @Test
    void leavesAloneWhatIsNotMeantForCanyon() {
        assertThatCode(() -> start(Map.of("canyons", "1", "server.prot", "1", "CANYON_DATA_DIR", "/data")))
                .doesNotThrowAnyException();
    }

    private static void start(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", properties));
        new UnknownProperties()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], environment));
    }
}
