package dev.canyon.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.security.request.Exposure;
import dev.canyon.settings.SecuritySettings;
import dev.canyon.settings.SecuritySettings.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartupAccessLogTest {

    private static final String KEY = "0123456789abcdef";

    @Test
    void warnsThatTheApiIsOpen(CapturedOutput output) {
        StartupAccessLog.warn(new Exposure(false, false, true, false), settings(Mode.OPEN, null));
        assertThat(output)
                .contains("WARN", "StartupAccessLog", "canyon.security.mode is open")
                .doesNotContain("HTTPS");
    }

    @Test
    void warnsThatTheApiIsOpenToOtherHosts(CapturedOutput output) {
        StartupAccessLog.warn(new Exposure(true, true, true, false), settings(Mode.OPEN, null));
        assertThat(output).contains("other hosts can reach the API", "canyon.security.mode=auto");
    }

    @Test
    void warnsAboutPlainHttpBeyondLoopback(CapturedOutput output) {
        StartupAccessLog.warn(new Exposure(true, false, false, false), settings(Mode.AUTO, null));
        assertThat(output).contains("it does not use HTTPS", "server.ssl.bundle");
    }

    @Test
    void warnsAboutAConfiguredKeyThatIsNotRequired(CapturedOutput output) {
        StartupAccessLog.warn(new Exposure(false, false, true, false), settings(Mode.AUTO, KEY));
        assertThat(output).contains("A key is configured but not required").doesNotContain(KEY);
    }

    @Test
    void warnsOfNothingOnLoopback(CapturedOutput output) {
        StartupAccessLog.warn(new Exposure(false, false, true, false), settings(Mode.AUTO, null));
        StartupAccessLog.warn(new Exposure(true, true, false, false), settings(Mode.AUTO, KEY));
        assertThat(output.getAll().lines()).noneMatch(line -> line.contains("StartupAccessLog"));
    }

    private static SecuritySettings settings(Mode mode, @Nullable String key) {
        return new SecuritySettings(mode, key, null, List.of());
    }
}
