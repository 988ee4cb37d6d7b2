package dev.canyon.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.dial.tls.ClientIdentity;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.dial.tls.PeerCertificate;
import dev.canyon.dial.tls.PeerTrust;
import dev.canyon.dial.tls.TlsFault;
import dev.canyon.dial.tls.TlsReport;
import dev.canyon.engine.Authority;
import dev.canyon.engine.Certificates;
import dev.canyon.engine.Endpoints;
import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.Wire;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsFailure;
import dev.canyon.net.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages over TLS to listeners of Canyon, and to peers with which TLS fails. */
@Timeout(60)
class TlsMessagesTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Wire WIRE = new Wire(TransportKind.preferred(), "127.0.0.1");

    @TempDir
    static Path directory;

    private static Authority authority;

    private final Endpoints endpoints = new Endpoints();

    @BeforeAll
    static void makeCertificates() {
        authority = new Authority(directory);
        authority.sign("current", "dns:current.example,ip:127.0.0.1");
        authority.sign("old", "dns:old.example,ip:127.0.0.1", "-startdate", "-60d", "-validity", "30");
        authority.sign("early", "dns:early.example,ip:127.0.0.1", "-startdate", "+30d", "-validity", "60");
    }

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    private static PeerTrust trusting(String... names) {
        return PeerTrust.certificates(
                List.of(names).stream().map(Certificates::certificate).toList());
    }

    private static PeerTrust trustingTheAuthority() {
        return PeerTrust.certificates(List.of(authority.certificate()));
    }

    private static ClientTls tls(PeerTrust trust) {
        return new ClientTls(trust, null, "127.0.0.1", List.of());
    }

    private static TestMessage message(byte[] payload, boolean halfClose, ClientTls tls) {
        return new TestMessage(payload, new Expectation.Exactly(payload), LONG, LONG, 1, 0, halfClose).over(tls);
    }

    private static TestResult send(InetSocketAddress to, ClientTls tls) {
        return send(to, message("Hello karl".getBytes(StandardCharsets.US_ASCII), false, tls));
    }

    private static TestResult send(InetSocketAddress to, TestMessage message) {
        StepTimer timer = new StepTimer();
        timer.resolved();
        return TestMessages.send(Protocol.TCP, to, message, null, timer);
    }

    private static TestResult send(Opened to, ClientTls tls) {
        return send(to.endpoint().address(), tls);
    }

    private static TlsReport succeeded(TestResult result) {
        assertThat(result.decisive().outcome())
                .as(String.valueOf(result.decisive().detail()))
                .isEqualTo(Outcome.OK);
        TlsReport report = Objects.requireNonNull(result.tls());
        assertThat(report.fault()).isNull();
        return report;
    }

    /** @return the explanation */
    private static String failed(TestResult result, TlsFault fault) {
        Attempt attempt = result.decisive();
        assertThat(attempt.outcome()).as(String.valueOf(attempt.detail())).isEqualTo(Outcome.TLS_FAILED);
        assertThat(Objects.requireNonNull(result.tls()).fault())
                .as(String.valueOf(attempt.detail()))
                .isEqualTo(fault);
        return Objects.requireNonNull(attempt.detail());
    }

    /** A server with this certificate that echoes. */
    private static OddServer peer(SSLContext context, Consumer<SSLParameters> change) throws IOException {
        return new OddServer(client -> {
            try (SSLSocket secure = accept(context, client, change)) {
                secure.getInputStream().transferTo(secure.getOutputStream());
            }
        });
    }

    private static SSLSocket accept(SSLContext context, Socket client, Consumer<SSLParameters> change)
            throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), client.getPort(), true);
        secure.setUseClientMode(false);
        SSLParameters parameters = secure.getSSLParameters();
        change.accept(parameters);
        secure.setSSLParameters(parameters);
        return secure;
    }

    private static OddServer peer(SSLContext context) throws IOException {
        return peer(context, unchanged -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void anEchoIsOkAndTheHandshakeIsReported(String protocol) {
        Opened listener = endpoints.tls(WIRE, Map.of("protocols", List.of(protocol), "alpn", List.of("echo")));
        TestResult result =
                send(listener, new ClientTls(trusting("server"), null, "server.example", List.of("other", "echo")));
        TlsReport report = succeeded(result);
        assertThat(report.protocol()).isEqualTo(protocol);
        assertThat(report.cipher()).startsWith("TLS_");
        assertThat(report.alpn()).isEqualTo("echo");
        assertThat(report.serverName()).isEqualTo("server.example");
        assertThat(report.clientCertificateRequested()).isFalse();
        assertThat(report.truncated()).isFalse();
        PeerCertificate certificate = report.certificates().get(0);
        assertThat(certificate.subject()).isEqualTo("CN=server");
        assertThat(certificate.names()).contains("localhost", "server.example", "127.0.0.1");
        assertThat(certificate.notBefore()).isBefore(Instant.now());
        assertThat(certificate.notAfter()).isAfter(Instant.now());
        Timing timing = result.decisive().timing();
        assertThat(List.of(
                        Objects.requireNonNull(timing.connectedMicros()),
                        Objects.requireNonNull(timing.handshakeMicros()),
                        Objects.requireNonNull(timing.sentMicros())))
                .isSorted();
        await().untilAsserted(
                        () -> assertThat(listener.read().tls().completed()).isEqualTo(Map.of(protocol, 1L)));
        // With close_notify from the client.
        await().untilAsserted(
                        () -> assertThat(listener.read().connections().active()).isZero());
        assertThat(listener.read().tls().truncated()).isZero();
    }

    /** Many records in both directions at once, more than the socket buffers hold. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aLongMessageIsEchoedAndHalfClosed(String protocol) {
        Opened listener = endpoints.tls(WIRE, Map.of("protocols", List.of(protocol)));
        byte[] payload = new byte[8 * 1024 * 1024];
        new Random(1).nextBytes(payload);
        TestResult result = send(listener.endpoint().address(), message(payload, false, tls(trusting("server"))));
        succeeded(result);
        assertThat(result.decisive().received()).isEqualTo(payload);
        byte[] shorter = new byte[100_000];
        succeeded(send(listener.endpoint().address(), message(shorter, true, tls(trusting("server")))));
        await().untilAsserted(
                        () -> assertThat(listener.read().connections().active()).isZero());
        assertThat(listener.read().tls().truncated()).isZero();
    }

    @Test
    void aMessageIsRepeatedOnOneConnection() {
        Opened listener = endpoints.tls(WIRE, Map.of());
        byte[] payload = {1, 2, 3};
        TestResult result = send(
                listener.endpoint().address(),
                new TestMessage(payload, new Expectation.Exactly(payload), LONG, LONG, 5, 0, true)
                        .over(tls(trusting("server"))));
        succeeded(result);
        assertThat(result.attempts()).hasSize(5).extracting(Attempt::outcome).containsOnly(Outcome.OK);
        await().untilAsserted(
                        () -> assertThat(listener.read().tls().handshakes()).isEqualTo(1));
    }

    /** Each handshake is a full one, so that its time and its verdict do not depend on the message before. */
    @Test
    void sessionsAreNotResumed() {
        Opened listener = endpoints.tls(WIRE, Map.of());
        ClientTls trusting = tls(trusting("server"));
        for (int i = 0; i < 3; i++) {
            assertThat(succeeded(send(listener, trusting)).certificates()).hasSize(1);
        }
        assertThat(failed(send(listener, tls(trusting("other"))), TlsFault.UNKNOWN_AUTHORITY))
                .isEqualTo("the certificate CN=server is self-signed, and not trusted");
    }

    @Test
    void anyCertificateOrExactlyOneCanBeTrusted() {
        Opened listener = endpoints.tls(WIRE, Map.of());
        ClientTls any = new ClientTls(new PeerTrust.Any(), null, "elsewhere.example", List.of());
        assertThat(succeeded(send(listener, any)).certificates()).hasSize(1);
        String sha256 = TlsCertificate.of(Certificates.certificate("server")).sha256();
        succeeded(send(listener, tls(new PeerTrust.Pinned(sha256))));
        String other = TlsCertificate.of(Certificates.certificate("other")).sha256();
        assertThat(failed(send(listener, tls(new PeerTrust.Pinned(other))), TlsFault.OTHER_CERTIFICATE))
                .contains(sha256, other);
        // The listener is told by an alert.
        await().untilAsserted(
                        () -> assertThat(listener.read().tls().failed()).containsEntry(TlsFailure.PEER_ALERT, 1L));
    }

    @Test
    void theAuthoritiesOfTheSystemDoNotTrustATestCertificate() {
        Opened listener = endpoints.tls(WIRE, Map.of());
        TestResult result = send(listener, tls(PeerTrust.system()));
        failed(result, TlsFault.UNKNOWN_AUTHORITY);
        assertThat(Objects.requireNonNull(result.tls()).certificates()).hasSize(1);
        assertThat(result.decisive().timing().handshakeMicros()).isNull();
        assertThat(result.decisive().timing().sentMicros()).isNull();
    }

    @Test
    void aChainOfAnAuthorityIsVerifiedAndShown() throws Exception {
        try (OddServer server = peer(authority.server("current"))) {
            TlsReport report = succeeded(send(server.address(), tls(trustingTheAuthority())));
            assertThat(report.certificates())
                    .extracting(PeerCertificate::subject)
                    .containsExactly("CN=current", "CN=authority");
            assertThat(failed(send(server.address(), tls(trusting("other"))), TlsFault.UNKNOWN_AUTHORITY))
                    .isEqualTo("the chain CN=current <- CN=authority ends at a root that is not trusted");
            assertThat(failed(
                            send(
                                    server.address(),
                                    new ClientTls(trustingTheAuthority(), null, "elsewhere.example", List.of())),
                            TlsFault.WRONG_NAME))
                    .isEqualTo("the certificate is for current.example, 127.0.0.1, not for elsewhere.example");
        }
    }

    @Test
    void anInvalidDateIsNamed() throws Exception {
        try (OddServer server = peer(authority.server("old"))) {
            TestResult result = send(server.address(), tls(trustingTheAuthority()));
            assertThat(failed(result, TlsFault.EXPIRED)).startsWith("the certificate CN=old expired at 20");
            PeerCertificate certificate =
                    Objects.requireNonNull(result.tls()).certificates().get(0);
            assertThat(certificate.notAfter()).isBefore(Instant.now());
            // Also where the certificate itself is trusted.
            failed(
                    send(server.address(), tls(PeerTrust.certificates(List.of(authority.certificate("old"))))),
                    TlsFault.EXPIRED);
            succeeded(send(server.address(), tls(new PeerTrust.Pinned(certificate.sha256()))));
        }
        try (OddServer server = peer(authority.server("early"))) {
            assertThat(failed(send(server.address(), tls(trustingTheAuthority())), TlsFault.NOT_YET_VALID))
                    .startsWith("the certificate CN=early is not valid before 20");
        }
    }

    @Test
    void aPeerWithoutASharedApplicationProtocolIsNamed() throws Exception {
        SSLContext context = Certificates.context("server");
        try (OddServer server = peer(context, parameters -> parameters.setApplicationProtocols(new String[] {"h2"}))) {
            ClientTls echo = new ClientTls(trusting("server"), null, "127.0.0.1", List.of("echo", "echo2"));
            assertThat(failed(send(server.address(), echo), TlsFault.NO_SHARED_ALPN))
                    .isEqualTo("the peer supports none of the application protocols echo, echo2");
        }
    }

    /** Alerts of servers of all kinds (RFC 8446, 6.2). */
    @ParameterizedTest
    @CsvSource({
        "70, no-shared-protocol, 'the peer supports none of TLSv1.3, TLSv1.2'",
        "40, no-shared-cipher, 'the peer refused the cipher suites and other parameters (alert handshake_failure)'",
        "112, unknown-server-name, the peer has no certificate for localhost",
        "80, peer-alert, the peer refused with the alert internal_error",
    })
    void anAlertIsExplained(int description, String fault, String detail) throws Exception {
        byte[] alert = {21, 3, 3, 0, 2, 2, (byte) description};
        ClientTls tls = new ClientTls(new PeerTrust.Any(), null, "localhost", List.of());
        try (OddServer server = new OddServer(client -> {
            client.getOutputStream().write(alert);
            OddServer.staySilent(client);
        })) {
            assertThat(failed(
                            send(server.address(), tls),
                            TlsFault.valueOf(fault.replace('-', '_').toUpperCase(Locale.ROOT))))
                    .isEqualTo(detail);
        }
    }

    /** With TLS 1.3 the client learns of it after its own handshake, when it reads. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aMissingOrUntrustedClientCertificateIsNamed(String protocol) {
        Opened listener = endpoints.tls(WIRE, Map.of("protocols", List.of(protocol), "clientAuth", "need"));
        TestResult missing = send(listener, tls(trusting("server")));
        assertThat(failed(missing, TlsFault.CERTIFICATE_REQUIRED))
                .startsWith("the peer requires a client certificate (alert ");
        assertThat(Objects.requireNonNull(missing.tls()).clientCertificateRequested())
                .isTrue();
        assertThat(Objects.requireNonNull(missing.tls()).certificates()).hasSize(1);
        failed(send(listener, presenting("other")), TlsFault.CERTIFICATE_REFUSED);
        succeeded(send(listener, presenting("client")));
    }

    private static ClientTls presenting(String name) {
        ClientIdentity identity =
                new ClientIdentity(List.of(Certificates.certificate(name)), Certificates.privateKey(name));
        return new ClientTls(trusting("server"), identity, "127.0.0.1", List.of());
    }

    @Test
    void plainTextOnTheOtherSideIsNamed() throws Exception {
        ClientTls tls = tls(trusting("server"));
        Opened plain = endpoints.tcp(WIRE);
        assertThat(failed(send(plain, tls), TlsFault.PLAIN_TEXT))
                .isEqualTo("the peer does not speak TLS; it sent the ClientHello back");
        try (OddServer server = new OddServer(client -> {
            client.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
            OddServer.staySilent(client);
        })) {
            assertThat(failed(send(server.address(), tls), TlsFault.PLAIN_TEXT))
                    .isEqualTo("the peer does not speak TLS; it sent \"220 mail.example ESMTP\"");
        }
        try (OddServer server = new OddServer(client -> {
            client.getOutputStream().write(new byte[] {0, 1, -1});
            OddServer.staySilent(client);
        })) {
            assertThat(failed(send(server.address(), tls), TlsFault.PLAIN_TEXT))
                    .isEqualTo("the peer does not speak TLS; it sent the bytes 0001ff");
        }
    }

    @Test
    void aPeerThatStaysSilentOrLeavesIsNamed() throws Exception {
        byte[] payload = {1};
        Duration moment = Duration.ofMillis(300);
        TestMessage impatient = new TestMessage(payload, new Expectation.Exactly(payload), moment, LONG, 3, 0, false)
                .over(tls(new PeerTrust.Any()));
        try (OddServer server = new OddServer(OddServer::staySilent)) {
            TestResult result = send(server.address(), impatient);
            assertThat(failed(result, TlsFault.TIMEOUT)).isEqualTo("the TLS handshake took longer than 300 ms");
            assertThat(result.attempts()).hasSize(1);
        }
        try (OddServer server = new OddServer(client -> client.getInputStream().readNBytes(100))) {
            // Closes with FIN, or with RST because bytes are left unread.
            Attempt attempt = send(server.address(), tls(new PeerTrust.Any())).decisive();
            assertThat(attempt.outcome()).isIn(Outcome.TLS_FAILED, Outcome.RESET);
        }
        try (OddServer server = new OddServer(client -> {
            client.shutdownOutput();
            OddServer.staySilent(client);
        })) {
            assertThat(failed(send(server.address(), tls(new PeerTrust.Any())), TlsFault.CLOSED))
                    .isEqualTo("the peer closed the connection during the TLS handshake");
        }
    }

    /** Its FIN ends the response as without TLS, and the report says that bytes may be missing. */
    @Test
    void anEndWithoutCloseNotifyIsReported() throws Exception {
        try (OddServer server = new OddServer(client -> {
            SSLSocket secure = accept(Certificates.context("server"), client, unchanged -> {});
            secure.getInputStream().read();
            secure.getOutputStream().write(1);
            client.shutdownOutput();
            OddServer.staySilent(client);
        })) {
            TestResult result = send(server.address(), tls(trusting("server")));
            assertThat(result.decisive().outcome()).isEqualTo(Outcome.CLOSED_EARLY);
            assertThat(result.decisive().received()).containsExactly(1);
            assertThat(Objects.requireNonNull(result.tls()).truncated()).isTrue();
        }
    }

    @Test
    void onlyHostNamesAreServerNames() {
        assertThat(List.of("a", "localhost", "a.example", "xn--bcher-kva.example"))
                .allMatch(ClientTls::isServerName);
        assertThat(List.of("127.0.0.1", "::1", "", "a b", "a..b", ".")).noneMatch(ClientTls::isServerName);
    }
}
