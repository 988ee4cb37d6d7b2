package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work ends the start, with a message that says what to do instead of a stack trace. */
class StartFailureTest {

    private static final String LEAVE_OUT_LISTENERS = "--canyon.default-listeners=false";

    @TempDir
    Path directory;

    @Test
    void namesAPropertyThatDoesNotExistAndTheOneMeant() throws Exception {
        String said = fail("export CANYON_LIMITS_PROTS=7000-7099", LEAVE_OUT_LISTENERS, "--canyon.data-dri=data");
        assertThat(said)
                .contains(
                        "Canyon has no property CANYON_LIMITS_PROTS and no canyon.data-dri.",
                        "Did you mean canyon.limits.ports instead of CANYON_LIMITS_PROTS?",
                        "Did you mean canyon.data-dir instead of canyon.data-dri?");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void saysWhatToDoAboutAKeyFileThatIsNone() throws Exception {
        Files.writeString(
                Files.createDirectories(directory.resolve("data")).resolve("admin-key"), "a key, not its hash\n");
        assertThat(fail("true", LEAVE_OUT_LISTENERS, "--canyon.security.mode=key", "--canyon.data-dir=data"))
                .contains("data/admin-key, holds no hash of a key", "delete it, and the next start makes")
                .doesNotContain("a key, not its hash");
    }

    @Test
    void saysWhatToDoWithoutADirectoryForTemporaryFiles() throws Exception {
        assertThat(fail("export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/nowhere", LEAVE_OUT_LISTENERS))
                .contains(
                        "The directory for temporary files, /nowhere, cannot be written",
                        "docker run --tmpfs /nowhere");
    }

    @Test
    void saysWhichPortOfTheApiIsTaken() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = holder.getLocalPort();
            String said = fail(
                    "true",
                    LEAVE_OUT_LISTENERS,
                    "--management.server.port=" + port,
                    "--management.server.address=127.0.0.1");
            assertThat(said).contains("Port " + port + " was already in use", "listen on another port");
        }
    }

    @Test
    void saysThatTheApisAddressIsNoneOfThisMachine() throws Exception {
        assertThat(fail("true", LEAVE_OUT_LISTENERS, "--server.address=192.0.2.7", "--canyon.security.mode=open"))
                .contains("The API cannot be opened: Cannot assign requested address", "Set server.address");
    }

    @Test
    void saysWhereTheFileOfSettingsIsNoYamlAndRepeatsNoValue() throws Exception {
        Files.writeString(directory.resolve("application.yml"), """
                canyon:
                  security:
                    admin-key: never-to-be-shown
                   viewer-key: never-to-be-shown
                """);
        assertThat(fail("true"))
                .contains("cannot be read as YAML", "line 4, column 4", "Correct application.yml")
                .doesNotContain("never-to-be-shown");
    }

    private String fail(String shell, String... arguments) throws Exception {
        String said = CanyonProcess.failAfter(shell, directory, arguments);
        assertThat(said).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
        return said;
    }
}
