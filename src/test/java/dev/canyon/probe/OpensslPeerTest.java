package dev.canyon.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.canyon.dial.tls.ClientIdentity;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.dial.tls.PeerTrust;
import dev.canyon.dial.tls.TlsFault;
import dev.canyon.dial.tls.TlsReport;
import dev.canyon.engine.Certificates;
import dev.canyon.net.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages to {@code openssl s_server}, which sends each line back in reverse. */
@Timeout(60)
class OpensslPeerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** A server on a port that it chooses. */
    private static final class Server implements AutoCloseable {

        private final Process process;
        private final InetSocketAddress address;

        Server(String... options) throws IOException {
            String pem = Certificates.pem("server").toString();
            List<String> command = new ArrayList<>(
                    List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", pem, "-key", pem, "-rev"));
            command.addAll(List.of(options));
            process = start(command);
            address = new InetSocketAddress("127.0.0.1", readPort(process));
        }

        private static Process start(List<String> command) {
            try {
                return new ProcessBuilder(command).redirectErrorStream(true).start();
            } catch (IOException ex) {
                System.out.println("Skipped: " + ex.getMessage());
                assumeTrue(false, String.valueOf(ex.getMessage()));
                throw new IllegalStateException(ex);
            }
        }

        private static int readPort(Process process) throws IOException {
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line;
            while ((line = output.readLine()) != null) {
                if (line.startsWith("ACCEPT 127.0.0.1:")) {
                    return Integer.parseInt(line.replaceFirst(".*:", ""));
                }
            }
            throw new IllegalStateException("openssl has ended");
        }

        TestResult send(ClientTls tls) {
            StepTimer timer = new StepTimer();
            timer.resolved();
            TestMessage message = new TestMessage(
                            "olleH\n".getBytes(StandardCharsets.US_ASCII),
                            new Expectation.Exactly("Hello\n".getBytes(StandardCharsets.US_ASCII)),
                            LONG,
                            LONG,
                            2,
                            0,
                            false)
                    .over(tls);
            return TestMessages.send(Protocol.TCP, address, message, null, timer);
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static ClientTls tls(@Nullable ClientIdentity identity) {
        PeerTrust trust = PeerTrust.certificates(List.of(Certificates.certificate("server")));
        return new ClientTls(trust, identity, "localhost", List.of("echo"));
    }

    private static ClientIdentity identity(String name) {
        return new ClientIdentity(List.of(Certificates.certificate(name)), Certificates.privateKey(name));
    }

    private static TlsReport report(TestResult result) {
        return Objects.requireNonNull(result.tls());
    }

    private static void assertFailed(TestResult result, TlsFault fault) {
        assertThat(result.decisive().outcome())
                .as(String.valueOf(result.decisive().detail()))
                .isEqualTo(Outcome.TLS_FAILED);
        assertThat(report(result).fault())
                .as(String.valueOf(result.decisive().detail()))
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void aClientCertificateIsRequiredAndPresented(String version) throws Exception {
        String authority = Certificates.pem("client").toString();
        try (Server server =
                new Server(version, "-Verify", "1", "-verify_return_error", "-CAfile", authority, "-alpn", "echo")) {
            assertFailed(server.send(tls(null)), TlsFault.CERTIFICATE_REQUIRED);
            assertFailed(server.send(tls(identity("other"))), TlsFault.CERTIFICATE_REFUSED);
            TestResult sent = server.send(tls(identity("client")));
            assertThat(sent.decisive().outcome())
                    .as(String.valueOf(sent.decisive().detail()))
                    .isEqualTo(Outcome.OK);
            assertThat(sent.attempts()).hasSize(2);
            TlsReport report = report(sent);
            assertThat(report.protocol()).isEqualTo(version.equals("-tls1_3") ? "TLSv1.3" : "TLSv1.2");
            assertThat(report.alpn()).isEqualTo("echo");
            assertThat(report.clientCertificateRequested()).isTrue();
        }
    }

    @Test
    void aServerWithoutASharedVersionCipherOrApplicationProtocolIsNamed() throws Exception {
        try (Server server = new Server("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")) {
            assertFailed(server.send(tls(null)), TlsFault.NO_SHARED_PROTOCOL);
        }
        try (Server server = new Server("-tls1_2", "-cipher", "AES128-SHA256")) {
            assertFailed(server.send(tls(null)), TlsFault.NO_SHARED_CIPHER);
        }
        try (Server server = new Server("-alpn", "h2")) {
            assertFailed(server.send(tls(null)), TlsFault.NO_SHARED_ALPN);
        }
    }
}
