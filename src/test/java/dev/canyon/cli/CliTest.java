package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class CliTest {

    @Test
    void aResultThatCannotBeWrittenFails() {
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
        assertThat(err.toString()).isEqualTo("canyon: the result could not be written\n");
    }

    @Test
    void aWordIsACommandAndAPropertyIsForTheService() {
        assertThat(Cli.isMeantBy("send", "tcp://127.0.0.1:7")).isTrue();
        assertThat(Cli.isMeantBy("snd")).isTrue();
        assertThat(Cli.isMeantBy("--help")).isTrue();
        assertThat(Cli.isMeantBy("--version")).isTrue();
        assertThat(Cli.isMeantBy("-h")).isTrue();
        assertThat(Cli.isMeantBy()).isFalse();
        assertThat(Cli.isMeantBy("--server.port=0")).isFalse();
        assertThat(Cli.isMeantBy("--canyon.data-dir=data", "send")).isFalse();
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
    void helpTeachesWithExamplesAndWithoutColour() {
        for (String[] asked : new String[][] {{"--help"}, {"help"}, {"help", "send"}, {"listen", "--help"}}) {
            Invocation help = Invocation.of(asked);
            assertThat(help.status()).isZero();
            assertThat(help.out()).contains("Usage: canyon", "Examples:").doesNotContain("\u001b");
            assertThat(help.err()).isEmpty();
        }
    }

    @Test
    void helpSaysHowTheServiceIsStartedAndWhereToReadOn() {
        assertThat(Invocation.of("--help").out())
                .contains(
                        "canyon --server.port=9090",
                        "http://localhost:8080",
                        "server.address",
                        "canyon.data-dir",
                        "canyon.limits.ports",
                        "CANYON_SECURITY_ADMIN_KEY",
                        "docs/operations.md");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        for (String asked : new String[] {"--version", "version"}) {
            Invocation version = Invocation.of(asked);
            assertThat(version.status()).isZero();
            assertThat(version.out()).matches("canyon \\d+\\.\\d+\\S* on Java \\S.*\\R");
        }
    }
}
