package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot succeed fails with a message that states the remedy, without a stack trace. */
class StartFailureTest {

    private static final String LEAVE_OUT_LISTENERS = "--canyon.default-listeners=false";

    @TempDir
    Path directory;

    @Test
    void reportsAnUnknownPropertyWithASuggestion() throws Exception {
        String output = fail("export CANYON_LIMITS_PROTS=7000-7099", LEAVE_OUT_LISTENERS, "--canyon.data-dri=data");
        assertThat(output)
                .contains(
                        "Unknown property: CANYON_LIMITS_PROTS, canyon.data-dri.",
                        "Did you mean canyon.limits.ports instead of CANYON_LIMITS_PROTS?",
                        "Did you mean canyon.data-dir instead of canyon.data-dri?");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void reportsAValueOfTheWrongTypeWithoutJavaTypes() throws Exception {
        assertThat(fail("true", "--canyon.listeners=foo"))
                .contains(
                        "canyon.listeners: \"foo\" (expected: properties such as canyon.listeners[0].name",
                        "Correct canyon.listeners or remove it.")
                .doesNotContain("ConverterNotFoundException");
    }

    @Test
    void reportsAGapInAList() throws Exception {
        assertThat(fail("export CANYON_LISTENERS_1_NAME=a"))
                .contains("CANYON_LISTENERS: element 0 is missing, but CANYON_LISTENERS_1_NAME is set");
    }

    @Test
    void reportsAnInvalidKeyFile() throws Exception {
        Files.writeString(
                Files.createDirectories(directory.resolve("data")).resolve("admin-key"), "a key, not its hash\n");
        assertThat(fail("true", LEAVE_OUT_LISTENERS, "--canyon.security.mode=key", "--canyon.data-dir=data"))
                .contains(
                        "data/admin-key does not contain the hash of a key",
                        "delete it to generate a new key at the next startup")
                .doesNotContain("a key, not its hash");
    }

    @Test
    void reportsAMissingTemporaryDirectory() throws Exception {
        assertThat(fail("export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/nowhere", LEAVE_OUT_LISTENERS))
                .contains("The temporary directory /nowhere is not writable", "docker run --tmpfs /nowhere");
    }

    @Test
    void reportsThatAPortOfTheApiIsInUse() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = holder.getLocalPort();
            String output = fail(
                    "true",
                    LEAVE_OUT_LISTENERS,
                    "--management.server.port=" + port,
                    "--management.server.address=127.0.0.1");
            assertThat(output).contains("Port " + port + " was already in use", "listen on another port");
        }
    }

    @Test
    void reportsThatTheAddressOfTheApiIsNotLocal() throws Exception {
        assertThat(fail("true", LEAVE_OUT_LISTENERS, "--server.address=192.0.2.7", "--canyon.security.mode=open"))
                .contains(
                        "The address of the API cannot be bound: Cannot assign requested address",
                        "Set server.address");
    }

    @Test
    void reportsAnUnknownSslBundle() throws Exception {
        assertThat(fail(
                        "true",
                        LEAVE_OUT_LISTENERS,
                        "--server.ssl.bundle=apy",
                        "--spring.ssl.bundle.pem.api.keystore.certificate=tls.crt"))
                .contains(
                        "There is no SSL bundle 'apy', the value of server.ssl.bundle. The defined bundles are: api.",
                        "spring.ssl.bundle.pem.apy.keystore.certificate");
    }

    @Test
    void reportsThePositionOfInvalidYamlWithoutValues() throws Exception {
        Files.writeString(directory.resolve("application.yml"), """
                canyon:
                  security:
                    admin-key: never-to-be-shown
                   viewer-key: never-to-be-shown
                """);
        assertThat(fail("true"))
                .contains("The configuration file is not valid YAML", "line 4, column 4", "Correct application.yml")
                .doesNotContain("never-to-be-shown");
    }

    private String fail(String shell, String... arguments) throws Exception {
        String output = CanyonProcess.failAfter(shell, directory, arguments);
        assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
        return output;
    }
}
