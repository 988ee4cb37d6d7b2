package dev.canyon.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.settings.InvalidPropertyException;
import dev.canyon.settings.SecuritySettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeysTest {

    private static final String ADMIN = "0123456789abcdef";
    private static final String VIEWER = "fedcba9876543210";

    @Test
    void eachKeyHasItsRole() {
        AccessKeys keys = keys(ADMIN, VIEWER);
        assertThat(keys.roleOf(ADMIN)).contains(Role.ADMIN);
        assertThat(keys.roleOf(VIEWER)).contains(Role.VIEWER);
        assertThat(keys.roleOf(ADMIN + "0")).isEmpty();
        assertThat(keys.roleOf("")).isEmpty();
        assertThat(AccessKeys.none().roleOf("")).isEmpty();
    }

    @Test
    void withoutAConfiguredAdminKeyTheGeneratedOneIsUsed() {
        AccessKeys keys = keys(null, VIEWER);
        assertThat(keys.roleOf("the key that was made")).contains(Role.ADMIN);
        assertThat(keys.roleOf(VIEWER)).contains(Role.VIEWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcde", "0123456789 abcdef", "0123456789abcdef\u00e9"})
    void anInvalidKeyIsRejectedWithoutRepeatingIt(String key) {
        assertThatThrownBy(() -> keys(key, null))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith("canyon.security.admin-key: has ")
                .satisfies(ex -> assertThat(key.isEmpty()
                                || !String.valueOf(ex.getMessage()).contains(key))
                        .isTrue());
        assertThatThrownBy(() -> keys(ADMIN, key))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith("canyon.security.viewer-key: has ");
    }

    @Test
    void theViewerKeyMustDifferFromTheAdminKey() {
        assertThatThrownBy(() -> keys(ADMIN, ADMIN))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith("canyon.security.viewer-key: is the same");
    }

    @Test
    void settingsDoNotPrintTheirKeys() {
        assertThat(settings(ADMIN, VIEWER).toString()).doesNotContain(ADMIN, VIEWER);
    }

    private static AccessKeys keys(@Nullable String admin, @Nullable String viewer) {
        return AccessKeys.of(settings(admin, viewer), () -> KeyHash.of("the key that was made"));
    }

    private static SecuritySettings settings(@Nullable String admin, @Nullable String viewer) {
        return new SecuritySettings(SecuritySettings.Mode.KEY, admin, viewer, List.of());
    }
}
