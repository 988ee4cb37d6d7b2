package dev.canyon.security.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.settings.SecuritySettings.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.mock.env.MockEnvironment;

class ExposureTest {

    private final MockEnvironment environment = new MockEnvironment();

    ExposureTest() {
        environment.setConversionService(new ApplicationConversionService());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
    void isOpenOnLoopback(String address) {
        environment.setProperty("server.address", address);
        assertThat(exposure(Mode.AUTO).open()).isTrue();
        assertThat(exposure(Mode.KEY).open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "10.0.0.1"})
    void requiresAKeyOnAnyOtherAddress(String address) {
        environment.setProperty("server.address", address);
        assertThat(exposure(Mode.AUTO).open()).isFalse();
        assertThat(exposure(Mode.AUTO).beyondLoopback()).isTrue();
        assertThat(exposure(Mode.OPEN).open()).isTrue();
    }

    @Test
    void isBeyondLoopbackWithoutAnAddress() {
        assertThat(exposure(Mode.AUTO).open()).isFalse();
        environment.setProperty("server.address", "");
        assertThat(exposure(Mode.AUTO).open()).isFalse();
    }

    @Test
    void considersTheManagementPort() {
        environment.setProperty("server.address", "127.0.0.1");
        environment.setProperty("management.server.port", "9090");
        assertThat(exposure(Mode.AUTO).open()).isFalse();
        environment.setProperty("management.server.address", "127.0.0.1");
        assertThat(exposure(Mode.AUTO).open()).isTrue();
    }

    @Test
    void trustsForwardingHeadersOnlyIfConfigured() {
        assertThat(exposure(Mode.AUTO).behindProxy()).isFalse();
        environment.setProperty("server.forward-headers-strategy", "none");
        assertThat(exposure(Mode.AUTO).behindProxy()).isFalse();
        environment.setProperty("server.forward-headers-strategy", "native");
        assertThat(exposure(Mode.AUTO).behindProxy()).isTrue();
    }

    private Exposure exposure(Mode mode) {
        return Exposure.of(mode, environment);
    }
}
