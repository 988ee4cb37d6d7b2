package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class CliTest {

    @Test
    void failsIfTheResultCannotBeWritten() {
        StringWriter err = new StringWriter();
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertThat(Cli.run(new PrintWriter(full), new PrintWriter(err), "version"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("canyon: failed to write the result\n");
    }

    @Test
    void wordsAreCommandsAndPropertiesAreForTheService() {
        assertThat(Cli.isCommand("send", "tcp://127.0.0.1:7")).isTrue();
        assertThat(Cli.isCommand("snd")).isTrue();
        assertThat(Cli.isCommand("--help")).isTrue();
        assertThat(Cli.isCommand("--version")).isTrue();
        assertThat(Cli.isCommand("-h")).isTrue();
        assertThat(Cli.isCommand()).isFalse();
        assertThat(Cli.isCommand("--server.port=0")).isFalse();
        assertThat(Cli.isCommand("--canyon.data-dir=data", "send")).isFalse();
    }

    @Test
    void aMisspeltCommandIsAUsageErrorWithASuggestion() {
        Invocation misspelt = Invocation.of("snd");
        assertThat(misspelt.status()).isEqualTo(2);
        assertThat(misspelt.err()).contains("snd", "Did you mean: canyon send?", "canyon --help");
        assertThat(misspelt.out()).isEmpty();
        assertThat(Invocation.of("-x").status()).isEqualTo(2);
    }

    @Test
    void aNameThatIsNoFileIsAUsageError() {
        Invocation wrong = Invocation.of("run", "tcp://127.0.0.1:7", "--csv", "a\0b");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("'--csv'", "is not the name of a file: Nul character not allowed")
                .doesNotContain("Exception");
    }

    @Test
    void helpHasExamplesAndNoColours() {
        for (String[] asked : new String[][] {{"--help"}, {"help"}, {"help", "send"}, {"listen", "--help"}}) {
            Invocation help = Invocation.of(asked);
            assertThat(help.status()).isZero();
            assertThat(help.out()).contains("Usage: canyon", "Examples:").doesNotContain("\u001b");
            assertThat(help.err()).isEmpty();
        }
    }

    @Test
    void helpExplainsTheServiceAndItsProperties() {
        assertThat(Invocation.of("--help").out())
                .contains(
                        "canyon --server.port=9090",
                        "http://localhost:8080",
                        "server.address",
                        "canyon.data-dir",
                        "canyon.limits.ports",
                        "CANYON_SECURITY_ADMIN_KEY",
                        "docs/properties.md");
    }

    @Test
    void printsTheVersionOfTheBuild() {
        for (String asked : new String[] {"--version", "version"}) {
            Invocation version = Invocation.of(asked);
            assertThat(version.status()).isZero();
            assertThat(version.out()).matches("canyon \\d+\\.\\d+\\S* on Java \\S.*\\R");
        }
    }
}
