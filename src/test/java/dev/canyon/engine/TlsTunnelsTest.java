package dev.canyon.engine;

import static dev.canyon.engine.identity.HeaderBytes.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.RejectReason;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that encrypt the connections of their clients in front of an endpoint with TLS. */
@Timeout(60)
class TlsTunnelsTest {

    private static final Wire WIRE = new Wire(TransportKind.preferred(), "127.0.0.1");
    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    Path directory;

    private final Endpoints endpoints = new Endpoints();
    private final int port = FreePorts.next();
    private @Nullable Process program;

    /** A program, and its configuration by its own port, the port of the endpoint and the trusted certificate. */
    enum Tunnel {
        STUNNEL("stunnel", "stunnel4", """
                foreground = yes
                pid =
                [echo]
                client = yes
                accept = 127.0.0.1:%d
                connect = 127.0.0.1:%d
                CAfile = %s
                verifyChain = yes
                checkHost = localhost
                """),
        HAPROXY("haproxy", "haproxy", """
                defaults
                    mode tcp
                    timeout connect 20s
                    timeout client 60s
                    timeout server 60s
                listen echo
                    bind 127.0.0.1:%d
                    server a 127.0.0.1:%d ssl verify required ca-file %s verifyhost localhost
                """);

        private final String program;
        private final String debianPackage;
        private final String configuration;

        Tunnel(String program, String debianPackage, String configuration) {
            this.program = program;
            this.debianPackage = debianPackage;
            this.configuration = configuration;
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        Process started = program;
        if (started != null) {
            started.destroy();
            assertThat(started.waitFor(20, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
        }
        endpoints.close();
    }

    private void start(Tunnel tunnel, Opened to, String trusted) throws IOException {
        String path = InstalledProgram.require(tunnel.program, tunnel.debianPackage);
        String file = Files.writeString(
                        directory.resolve("configuration"),
                        tunnel.configuration.formatted(port, to.port(), Certificates.pem(trusted)))
                .toString();
        String[] command = switch (tunnel) {
            case STUNNEL -> new String[] {path, file};
            case HAPROXY -> new String[] {path, "-db", "-f", file};
        };
        program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    /** Connects once the program listens. */
    private Socket connect() throws IOException {
        Socket socket = await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> new Socket("127.0.0.1", port), Socket::isConnected);
        socket.setSoTimeout(20_000);
        return socket;
    }

    @ParameterizedTest
    @EnumSource
    void passesBytesThrough(Tunnel tunnel) throws IOException {
        Opened opened = endpoints.tls(WIRE, Map.of());
        start(tunnel, opened, "server");
        try (Socket client = connect()) {
            byte[] hello = ascii("Hello karl");
            for (int i = 0; i < 3; i++) {
                client.getOutputStream().write(hello);
                assertThat(client.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
            }
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().active()).isZero());
        assertThat(opened.read().connections().allRejected()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void returnsAMegabyteAfterTheHalfClose(Tunnel tunnel) throws Exception {
        Opened opened = endpoints.tls(WIRE, Map.of());
        start(tunnel, opened, "server");
        byte[] data = new byte[MEGABYTE];
        new Random(7).nextBytes(data);
        try (Socket client = connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendAndShutDown(client, data));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(data);
            sent.get(20, TimeUnit.SECONDS);
        }
        await().untilAsserted(() -> assertThat(opened.read().sentBytes()).isEqualTo(MEGABYTE));
    }

    private static void sendAndShutDown(Socket client, byte[] data) {
        try {
            client.getOutputStream().write(data);
            client.shutdownOutput();
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesACertificateThatItDoesNotTrust(Tunnel tunnel) throws IOException {
        Opened opened = endpoints.tls(WIRE, Map.of());
        start(tunnel, opened, "other");
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException ex) {
            assertThat(ex).hasMessageContaining("reset");
        }
        await().untilAsserted(() -> assertThat(opened.read().connections().rejected())
                .hasEntrySatisfying(RejectReason.TLS, count -> assertThat(count).isPositive()));
        assertThat(opened.read().receivedBytes()).isZero();
    }
}
