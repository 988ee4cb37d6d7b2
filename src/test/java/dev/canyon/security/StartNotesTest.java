package dev.canyon.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.settings.SecuritySettings;
import dev.canyon.settings.SecuritySettings.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartNotesTest {

    private static final String KEY = "0123456789abcdef";

    @Test
    void openByChoiceIsToldAtEachStart(CapturedOutput output) {
        StartNotes.warn(new Exposure(false, false, true, false), settings(Mode.OPEN, null));
        assertThat(output).contains("WARN", "canyon.security.mode is open").doesNotContain("HTTPS");
    }

    @Test
    void openToOtherMachinesIsToldWithTheRemedy(CapturedOutput output) {
        StartNotes.warn(new Exposure(true, true, true, false), settings(Mode.OPEN, null));
        assertThat(output).contains("other machines can reach the API", "canyon.security.mode=auto");
    }

    @Test
    void plainHttpBeyondLoopbackIsTold(CapturedOutput output) {
        StartNotes.warn(new Exposure(true, false, false, false), settings(Mode.AUTO, null));
        assertThat(output).contains("does not speak HTTPS", "server.ssl.bundle");
    }

    @Test
    void aKeyThatIsNotAskedForIsToldAndNotRepeated(CapturedOutput output) {
        StartNotes.warn(new Exposure(false, false, true, false), settings(Mode.AUTO, KEY));
        assertThat(output)
                .contains("A key is configured, but none is asked for")
                .doesNotContain(KEY);
    }

    @Test
    void onLoopbackThereIsNothingToTell(CapturedOutput output) {
        StartNotes.warn(new Exposure(false, false, true, false), settings(Mode.AUTO, null));
        StartNotes.warn(new Exposure(true, true, false, false), settings(Mode.AUTO, KEY));
        assertThat(output).doesNotContain("WARN");
    }

    private static SecuritySettings settings(Mode mode, @Nullable String key) {
        return new SecuritySettings(mode, key, null, List.of());
    }
}
