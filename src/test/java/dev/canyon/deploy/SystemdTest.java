package dev.canyon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets systemd itself judge the unit. */
class SystemdTest {

    /** On systemd's scale from 0, which does nothing, to 100, which may do everything; a service without any such line has 96. */
    private static final int EXPOSURE = 20;

    @TempDir
    Path directory;

    private Path unit;

    /** The program of this machine stands for the JVM, which may be elsewhere here. */
    @BeforeEach
    void copy() throws IOException {
        unit = directory.resolve("canyon.service");
        Files.writeString(
                unit, Files.readString(Path.of("deploy/systemd/canyon.service")).replace("/usr/bin/java", "/bin/sh"));
    }

    @Test
    void everyLineIsOneThatSystemdKnows() throws Exception {
        assertThat(analyze("verify", unit.toString())).isEmpty();
    }

    @Test
    void littleIsLeftToWhoeverBreaksIn() throws Exception {
        assertThat(analyze("security", "--offline=yes", "--threshold=" + EXPOSURE, unit.toString()))
                .contains("Overall exposure level");
    }

    private static String analyze(String... arguments) throws InterruptedException, IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "systemd-analyze";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException ex) {
            assumeTrue(false, "needs systemd-analyze: " + ex.getMessage());
            throw ex;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
