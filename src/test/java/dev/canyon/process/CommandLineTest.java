package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands in separate processes: exit codes, signals, output streams and loaded classes. */
@Timeout(120)
class CommandLineTest {

    @TempDir
    Path directory;

    @Test
    void listenDrainsOnSigtermAndSendLoadsNoSpring() throws Exception {
        Process listen = start("listen", List.of(), "listen", "tcp://127.0.0.1:0");
        try {
            await().atMost(60, TimeUnit.SECONDS).until(() -> read("listen.out").endsWith("\n"));
            assertThat(read("listen.out")).matches("tcp://127\\.0\\.0\\.1:\\d+ listening, backlog \\d+\n");
            String uri = read("listen.out").replaceFirst(" .*\n", "");

            Files.write(directory.resolve("send.in"), new byte[] {'a', 0, 'b'});
            Process send = start("send", List.of("-Xlog:class+load:file=loaded"), "send", uri, "--stdin");
            assertThat(send.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(send.exitValue()).as(read("send.err")).isZero();
            assertThat(read("send.out")).startsWith("pass: ok").contains("received  3 bytes \"a\\u0000b\"");
            assertThat(read("send.err")).isEmpty();
            assertThat(read("loaded"))
                    .contains("dev.canyon.cli.send.SendCommand")
                    .doesNotContain("org.springframework", "ch.qos.logback");

            await().until(() -> read("listen.out").contains(" closed "));
            listen.destroy();
            assertThat(listen.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(listen.exitValue()).isZero();
            assertThat(read("listen.err")).isEqualTo(uri + " 1 connection, 3 bytes received, 3 sent\n");
        } finally {
            listen.destroyForcibly();
        }
    }

    @Test
    void aRunPrintsItsResultOnSigtermAndFails() throws Exception {
        Process listen = start("listen", List.of(), "listen", "udp://127.0.0.1:0", "--quiet");
        try {
            await().atMost(60, TimeUnit.SECONDS).until(() -> read("listen.out").endsWith("\n"));
            String uri = read("listen.out").replaceFirst(" .*\n", "");
            List<String> seen = List.of("-Xlog:class+load:file=loaded");
            Process run = start("run", seen, "run", uri, "--rate", "50", "--warmup", "0", "--duration", "5m", "--json");
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> Files.exists(directory.resolve("loaded"))
                            && read("loaded").contains("dev.canyon.probe.load.UdpLoadFlow"));
            run.destroy();
            assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isEqualTo(1);
            assertThat(read("run.out")).contains("\"state\":\"cancelled\"", "\"detail\":\"cancelled\"");
            assertThat(read("run.err")).as("no progress bar without a terminal").isEmpty();
            assertThat(read("loaded")).doesNotContain("org.springframework", "ch.qos.logback");
        } finally {
            listen.destroyForcibly();
        }
    }

    /** util-linux has script(1), which gives a command a terminal. */
    @Test
    void aTerminalShowsAProgressBar() throws Exception {
        assumeThat(Path.of("/usr/bin/script"))
                .as("needs /usr/bin/script of util-linux")
                .exists();
        Process listen = start("listen", List.of(), "listen", "tcp://127.0.0.1:0", "--quiet");
        try {
            await().atMost(60, TimeUnit.SECONDS).until(() -> read("listen.out").endsWith("\n"));
            String uri = read("listen.out").replaceFirst(" .*\n", "");
            List<String> command = command(List.of(), "run", uri, "--duration", "1500ms", "--warmup", "300ms");
            Files.writeString(directory.resolve("run.sh"), "exec '" + String.join("' '", command) + "'\n");
            Process terminal = start("terminal", List.of("script", "-qec", "sh run.sh", "/dev/null"));
            assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(terminal.exitValue()).as(read("terminal.out")).isZero();
            assertThat(read("terminal.out"))
                    .containsPattern("\\[ *] +0 %  warming up")
                    .containsPattern("\\[#+ *] +\\d+ %  1\\.\\d/1\\.5 s, [\\d,]+/s, p99 [\\d.]+ ms, 0 lost")
                    .contains("pass");
            assertThat(read("terminal.out").split("\r\u001b\\[K|\r?\n"))
                    .as("fits on a line of a terminal")
                    .filteredOn(frame -> frame.startsWith("["))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(frame -> assertThat(frame).hasSizeLessThan(80));
        } finally {
            listen.destroyForcibly();
        }
    }

    @Test
    void helpIsPrintedOnStandardOutputOnly() throws Exception {
        List<String> names = List.of("send", "run", "listen");
        List<Process> helps = new ArrayList<>();
        for (String name : names) {
            helps.add(start(name, List.of(), name, "--help"));
        }
        for (int i = 0; i < names.size(); i++) {
            assertThat(helps.get(i).waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(read(names.get(i) + ".err")).isEmpty();
            assertThat(read(names.get(i) + ".out")).startsWith("Usage: canyon " + names.get(i));
            assertThat(helps.get(i).exitValue()).isZero();
        }
        assertThat(read("run.out")).contains("Maximum 99.9th percentile of latency.");
    }

    @Test
    void anUnknownCommandStartsNoService() throws Exception {
        Process wrong = start("wrong", List.of(), "snd", "tcp://127.0.0.1:7");
        assertThat(wrong.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.exitValue()).isEqualTo(2);
        assertThat(read("wrong.out")).isEmpty();
        assertThat(read("wrong.err")).contains("Did you mean: canyon send?");
    }

    @Test
    void everyFailureIsExplainedWithoutTheNameOfAClass() throws Exception {
        List<String> unreadable = command(List.of(), "send", "tcp://127.0.0.1:7", "--stdin");
        assertFails("unreadable", withShell(unreadable, "< ."), 1, "canyon send: Is a directory\n");
        List<String> memory = command(List.of("-Xmx16m"), "send", "tcp://127.0.0.1:7", "--size", "16777216");
        assertFails(
                "memory", memory, 1, "canyon: not enough memory \\(increase the heap, for example with -Xmx1g\\)\n");
    }

    private void assertFails(String name, List<String> command, int status, String explanation) throws Exception {
        Process failing = start(name, command);
        assertThat(failing.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(failing.exitValue()).as(name).isEqualTo(status);
        assertThat(read(name + ".out")).isEmpty();
        assertThat(read(name + ".err"))
                .matches(Pattern.compile(explanation, Pattern.DOTALL))
                .doesNotContain("Exception", "Error:", "\tat ");
    }

    private static List<String> withShell(List<String> command, String redirection) {
        return List.of("sh", "-c", "exec '" + String.join("' '", command) + "' " + redirection);
    }

    private Process start(String name, List<String> options, String... arguments) throws IOException {
        return start(name, command(options, arguments));
    }

    private static List<String> command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.canyon.CanyonApplication"));
        command.addAll(List.of(arguments));
        return command;
    }

    private Process start(String name, List<String> command) throws IOException {
        Path in = directory.resolve(name + ".in");
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(
                        Files.exists(in) ? in.toFile() : Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile())
                .start();
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }
}
