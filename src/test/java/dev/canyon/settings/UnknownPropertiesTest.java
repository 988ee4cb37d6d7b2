package dev.canyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTest {

    @Test
    void rejectsAnUnknownPropertyWithoutRepeatingItsValue() {
        UnknownPropertyException refusal = catchThrowableOfType(
                UnknownPropertyException.class, () -> start(Map.of("CANYON_SECURITY_ADMNKEY", "secret")));
        assertThat(refusal).hasMessageContaining("CANYON_SECURITY_ADMNKEY").hasMessageNotContaining("secret");
        assertThat(refusal.remedy()).contains("canyon.security.admin-key").doesNotContain("secret");
    }

    @Test
    void reportsAllUnknownProperties() {
        assertThat(catchThrowableOfType(
                        UnknownPropertyException.class, () -> start(Map.of("canyon.x", "1", "canyon.y", "2"))))
                .hasMessageContaining("canyon.x", "canyon.y");
    }

    @ParameterizedTest
    @CsvSource({
        "canyon.listeners[2].name, canyon.listeners[0].name, canyon.listeners: element 1 is missing",
        "canyon.listeners[1].name, canyon.listeners[1].port, canyon.listeners: element 0 is missing",
        "CANYON_LISTENERS_1_NAME, CANYON_LISTENERS_1_PORT, CANYON_LISTENERS: element 0 is missing",
        "CANYON_LIMITS_PORTS_0, CANYON_LIMITS_PORTS_2, CANYON_LIMITS_PORTS: element 1 is missing",
        "canyon.targets.allowed[3], canyon.targets.allowed[0], canyon.targets.allowed: element 1 is missing",
    })
    void rejectsAListWithAGap(String one, String other, String fault) {
        assertThatThrownBy(() -> start(Map.of(one, "1", other, "2")))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith(fault)
                .hasMessageEndingWith(" is set (expected: elements numbered from 0 without a gap)");
    }

    @Test
    void acceptsAListWithoutAGap() {
        assertThatCode(() -> start(Map.of(
                        "canyon.listeners[1].name", "b",
                        "canyon.listeners[0].name", "a",
                        "canyon.listeners[0].port", "7",
                        "CANYON_LIMITS_PORTS_0", "7",
                        "CANYON_LIMITS_PORTS_1", "8")))
                .doesNotThrowAnyException();
    }

    @Test
    void suggestsNothingIfNoNameIsSimilar() {
        assertThat(catchThrowableOfType(UnknownPropertyException.class, () -> start(Map.of("CANYON_X", "1")))
                        .remedy())
                .isEqualTo("Correct or remove it; docs/properties.md lists all properties.");
    }

    @Test
    void ignoresTheServiceVariablesOfKubernetes() {
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
    void ignoresPropertiesWithoutThePrefix() {
        assertThatCode(() -> start(Map.of("canyons", "1", "server.prot", "1", "CANYON_DATA_DIR", "/data")))
                .doesNotThrowAnyException();
    }

    @Test
    void ignoresVariablesThatResembleNoPropertyWithAWarning(CapturedOutput output) {
        startWithVariables(Map.of(
                "CANYON_HOME", "/opt/canyon",
                "CANYON_VERSION", "0.1.0",
                "CANYON_IMAGE_TAG", "secret",
                "CANYON_DATA_DIR", "/data"));
        assertThat(output.getOut())
                .containsOnlyOnce("CANYON_HOME")
                .contains("Ignored environment variables that are not properties of Canyon:"
                        + " CANYON_HOME, CANYON_IMAGE_TAG, CANYON_VERSION")
                .doesNotContain("secret");
    }

    @Test
    void rejectsAMisspelledVariableBesideOthers() {
        assertThat(catchThrowableOfType(
                        UnknownPropertyException.class,
                        () -> startWithVariables(Map.of("CANYON_HOME", "/opt", "CANYON_LIMITS_PROTS", "7000"))))
                .hasMessage("Unknown property: CANYON_LIMITS_PROTS.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CANYON_HOME",
                "CANYON_VERSION",
                "CANYON_ROOT",
                "CANYON_USER",
                "CANYON_ENV",
                "CANYON_BUILD_NUMBER",
                "CANYON_COMMIT",
                "CANYON_TAG",
                "CANYON_IMAGE",
                "CANYON_JAR",
                "CANYON_OPTS",
                "CANYON_URL",
                "CANYON_CONFIG"
            })
    void namesThatOthersUseResembleNoProperty(String name) {
        assertThatCode(() -> startWithVariables(Map.of(name, "1"))).doesNotThrowAnyException();
    }

    private static void start(Map<String, Object> properties) {
        start(new MapPropertySource("given", properties));
    }

    private static void startWithVariables(Map<String, Object> variables) {
        start(new SystemEnvironmentPropertySource("given", variables));
    }

    private static void start(PropertySource<?> given) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(given);
        new UnknownProperties()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], environment));
    }
}
