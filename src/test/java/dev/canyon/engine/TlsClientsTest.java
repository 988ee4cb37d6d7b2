package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.kernel.TransportKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not use the TLS of the JDK. */
@Timeout(60)
class TlsClientsTest {

    private static final Wire WIRE = new Wire(TransportKind.preferred(), "127.0.0.1");

    @TempDir
    Path directory;

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    private static void require(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            assumeTrue(process.waitFor() == 0, String.join(" ", command) + " fails");
        } catch (IOException ex) {
            System.out.println("Skipped: " + ex.getMessage());
            assumeTrue(false, String.valueOf(ex.getMessage()));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private Path pem() throws Exception {
        String base64 = Base64.getMimeEncoder()
                .encodeToString(Certificates.certificate("server").getEncoded());
        return Files.writeString(
                directory.resolve("server.pem"),
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    private static Process openssl(Opened opened, List<String> options) throws IOException {
        List<String> command = new java.util.ArrayList<>(
                List.of("openssl", "s_client", "-connect", "127.0.0.1:" + opened.port(), "-quiet"));
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void opensslReceivesWhatItSends(String version) throws Exception {
        require("openssl", "version");
        Opened opened = endpoints.tls(WIRE, Map.of());
        Process client = openssl(opened, List.of(version, "-CAfile", pem().toString(), "-verify_return_error"));
        try (OutputStream in = client.getOutputStream()) {
            in.write("Hello karl\n".getBytes(StandardCharsets.US_ASCII));
            in.flush();
            assertThat(client.getInputStream().readNBytes(11))
                    .isEqualTo("Hello karl\n".getBytes(StandardCharsets.US_ASCII));
        } finally {
            client.destroy();
            assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A line with R makes s_client renegotiate, which only TLS 1.2 has. */
    @Test
    void renegotiationIsRefused() throws Exception {
        require("openssl", "version");
        Opened opened = endpoints.tls(WIRE, Map.of());
        // Without -quiet, which would send the line.
        Process client = new ProcessBuilder("openssl", "s_client", "-connect", "127.0.0.1:" + opened.port(), "-tls1_2")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = client.getOutputStream()) {
            await().until(() -> opened.read().tls().handshakes() == 1);
            in.write("R\n".getBytes(StandardCharsets.US_ASCII));
            in.flush();
            assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            client.destroy();
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().active()).isZero());
        assertThat(opened.read().receivedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_3", "TLSv1_2"})
    void pythonReceivesWhatItSendsAndCloseNotify(String version) throws Exception {
        require("python3", "-c", "import ssl");
        Opened opened = endpoints.tls(WIRE, Map.of("alpn", List.of("echo")));
        String program = """
                import socket, ssl, sys
                context = ssl.create_default_context(cafile=sys.argv[1])
                context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, sys.argv[3])
                context.set_alpn_protocols(["echo"])
                data = bytes(range(256)) * 2000
                with socket.create_connection(("127.0.0.1", int(sys.argv[2]))) as plain:
                    with context.wrap_socket(plain, server_hostname="localhost") as client:
                        got = b""
                        for i in range(0, len(data), 16000):
                            part = data[i:i + 16000]
                            client.sendall(part)
                            wanted = len(got) + len(part)
                            while len(got) < wanted:
                                got += client.recv(65536)
                        assert got == data
                        print(client.version(), client.selected_alpn_protocol())
                        client.unwrap()
                """;
        Process client = new ProcessBuilder(
                        "python3", "-c", program, pem().toString(), String.valueOf(opened.port()), version)
                .redirectErrorStream(true)
                .start();
        String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor()).as(output).isZero();
        assertThat(output.strip()).isEqualTo(version.replace('_', '.') + " echo");
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().active()).isZero());
        assertThat(opened.read().tls().truncated()).isZero();
        assertThat(opened.read().receivedBytes()).isEqualTo(512_000);
    }
}
