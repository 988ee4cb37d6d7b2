package dev.canyon.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpTextTest {

    /** Runs in a separate process with a name service that the test controls. */
    public static void main(String[] texts) {
        for (String text : texts) {
            System.out.println(IpText.parse(text).map(IpText::of).orElse("none"));
        }
    }

    @Test
    void neverUsesANameService(@TempDir Path directory) throws Exception {
        Path hosts = Files.writeString(
                directory.resolve("hosts"), "192.0.2.1 .:1\n192.0.2.2 .1:\n192.0.2.3 ...:\n192.0.2.4 a:.:\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        IpTextTest.class.getName(),
                        ".:1",
                        ".1:",
                        "...:",
                        "a:.:",
                        "::1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output.lines()).containsExactly("none", "none", "none", "none", "::1");
    }
}
