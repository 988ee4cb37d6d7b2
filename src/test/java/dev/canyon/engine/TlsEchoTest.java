package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.tls.TlsFailure;
import dev.canyon.engine.tls.TlsSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsEchoTest {

    private static final byte[] HELLO = "Hello karl".getBytes(StandardCharsets.US_ASCII);

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    private static SSLSocket connect(Opened opened, SSLContext context, String... protocols) throws IOException {
        InetSocketAddress to = opened.endpoint().address();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(to.getAddress(), to.getPort());
        socket.setSoTimeout(10_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static SSLSocket connect(Opened opened, String... protocols) throws IOException {
        return connect(opened, Certificates.context(null, "server"), protocols);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static Peer only(Opened opened) {
        return await().until(() -> opened.peers().after(0, 10), peers -> peers.size() == 1)
                .get(0);
    }

    private static TlsSession session(Opened opened) {
        return Objects.requireNonNull(only(opened).tls());
    }

    private static void awaitFailure(Opened opened, TlsFailure cause) {
        await().untilAsserted(() -> {
            assertThat(opened.read().tls().failed()).as("failures").containsEntry(cause, 1L);
            assertThat(opened.read().connections().rejected()).containsEntry(RejectReason.TLS, 1L);
        });
        assertThat(opened.read().tls().allFailed()).isEqualTo(1);
        assertThat(opened.read().connections().total()).isZero();
        assertThat(opened.peers().after(0, 10)).isEmpty();
    }

    /** Without IPv6, which makes no difference here. */
    static Stream<Wire> wires() {
        return Wire.all().filter(wire -> !wire.isIpv6());
    }

    static Stream<Arguments> wiresAndProtocols() {
        return wires().flatMap(wire -> Stream.of("TLSv1.3", "TLSv1.2").map(protocol -> Arguments.of(wire, protocol)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void echoesAndShowsWhatWasNegotiated(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        try (SSLSocket client = connect(opened, protocol)) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("server.example")));
            client.setSSLParameters(parameters);
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            TlsSession session = session(opened);
            assertThat(session.protocol()).isEqualTo(protocol);
            assertThat(session.cipher()).isEqualTo(client.getSession().getCipherSuite());
            assertThat(session.serverName()).isEqualTo("server.example");
            assertThat(session.alpn()).isNull();
            assertThat(session.clientCertificate()).isNull();
            assertThat(session.handshakeMicros()).isPositive();
            assertThat(session.truncated()).isFalse();
            assertThat(only(opened).receivedBytes()).isEqualTo(HELLO.length);
            assertThat(opened.read().connections().active()).isEqualTo(1);
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed()).containsEntry(CloseReason.CLIENT, 1L));
        assertThat(opened.read().tls().completed()).isEqualTo(Map.of(protocol, 1L));
        assertThat(opened.read().sentBytes()).isEqualTo(HELLO.length);
        assertThat(opened.read().tls().truncated()).isZero();
    }

    /** The client's close_notify is answered like a FIN: all replies, then close_notify. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void aHalfCloseIsAnsweredWithAllReplies(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        byte[] sent = random(200_000);
        try (SSLSocket client = connect(opened, protocol)) {
            Thread sender = new Thread(() -> {
                try {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                } catch (IOException ex) {
                    // The reader notices.
                }
            });
            sender.setDaemon(true);
            sender.start();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed()).containsEntry(CloseReason.CLIENT, 1L));
        assertThat(opened.read().tls().truncated()).isZero();
    }

    /** TLS 1.3 can be half-closed as TCP can (RFC 8446, 6.1); TLS 1.2 cannot (RFC 5246, 7.2.1), so that late replies are lost. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void lateRepliesAfterAHalfCloseNeedTls13(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        Faults.add(opened.faults(), "latency", "delayMs", 300);
        try (SSLSocket client = connect(opened, protocol)) {
            client.getOutputStream().write(HELLO);
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes())
                    .isEqualTo(protocol.equals("TLSv1.3") ? HELLO : new byte[0]);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void anEndWithoutCloseNotifyIsATruncation(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        InetSocketAddress to = opened.endpoint().address();
        try (Socket plain = new Socket(to.getAddress(), to.getPort());
                SSLSocket client = (SSLSocket) Certificates.context(null, "server")
                        .getSocketFactory()
                        .createSocket(plain, "localhost", to.getPort(), false)) {
            client.setEnabledProtocols(new String[] {protocol});
            client.getOutputStream().write(HELLO);
            plain.shutdownOutput();
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
        await().untilAsserted(() -> assertThat(opened.read().tls().truncated()).isEqualTo(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void echoesFiveMillionBytesToASlowReader(Wire wire) throws Exception {
        Opened opened = endpoints.tls(wire, Map.of());
        byte[] sent = random(5_000_000);
        InetSocketAddress to = opened.endpoint().address();
        try (SSLSocket client = (SSLSocket)
                Certificates.context(null, "server").getSocketFactory().createSocket()) {
            client.setReceiveBufferSize(16 * 1024);
            client.connect(to);
            client.setSoTimeout(20_000);
            client.startHandshake();
            Thread sender = new Thread(() -> {
                try {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                } catch (IOException ex) {
                    // The reader notices.
                }
            });
            sender.setDaemon(true);
            sender.start();
            await().untilAsserted(() -> assertThat(only(opened).pausedBy()).isNotEmpty());
            assertThat(only(opened).pendingBytes()).isPositive().isLessThan(200_000);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(client.getInputStream().readAllBytes());
            assertThat(all.toByteArray()).isEqualTo(sent);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void speaksTheProtocolThatBothOffer(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("alpn", List.of("h2", "echo")));
        try (SSLSocket client = connect(opened)) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"echo", "other"});
            client.setSSLParameters(parameters);
            client.startHandshake();
            assertThat(client.getApplicationProtocol()).isEqualTo("echo");
            await().untilAsserted(() -> assertThat(session(opened).alpn()).isEqualTo("echo"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void presentsTheCertificateForTheServerName(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("sni", Map.of("a.example", "other", "*.b.example", "other")));
        assertThat(certificateFor(opened, "a.example")).isEqualTo("CN=other");
        assertThat(certificateFor(opened, "x.b.example")).isEqualTo("CN=other");
        assertThat(certificateFor(opened, "b.example")).isEqualTo("CN=server");
        assertThat(certificateFor(opened, null)).isEqualTo("CN=server");
    }

    private static String certificateFor(Opened opened, @org.jspecify.annotations.Nullable String name)
            throws IOException {
        try (SSLSocket client = connect(opened, Certificates.context(null, "server", "other"))) {
            if (name != null) {
                SSLParameters parameters = client.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                client.setSSLParameters(parameters);
            }
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            return client.getSession().getPeerPrincipal().getName();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void showsTheClientsCertificate(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("clientAuth", "need"));
        try (SSLSocket client = connect(opened, Certificates.context("client", "server"), protocol)) {
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            assertThat(Objects.requireNonNull(session(opened).clientCertificate())
                            .subject())
                    .isEqualTo("CN=client");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void rejectsAClientWithoutCertificate(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("clientAuth", "need"));
        try (SSLSocket client = connect(opened, protocol)) {
            assertThatThrownBy(() -> {
                        client.getOutputStream().write(HELLO);
                        client.getInputStream().readAllBytes();
                    })
                    .isInstanceOf(IOException.class);
        }
        awaitFailure(opened, TlsFailure.CLIENT_CERTIFICATE_MISSING);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void rejectsAClientWithAnUntrustedCertificate(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("clientAuth", "want"));
        try (SSLSocket client = connect(opened, Certificates.context("other", "server"), protocol)) {
            assertThatThrownBy(() -> {
                        client.getOutputStream().write(HELLO);
                        client.getInputStream().readAllBytes();
                    })
                    .isInstanceOf(IOException.class);
        }
        awaitFailure(opened, TlsFailure.CLIENT_CERTIFICATE_UNTRUSTED);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void tellsAClientThatRefusesTheCertificate(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        try (SSLSocket client = connect(opened, Certificates.context(null), protocol)) {
            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLException.class);
        }
        awaitFailure(opened, TlsFailure.PEER_ALERT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void tellsAClientWithAnotherProtocol(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("protocols", List.of("TLSv1.3")));
        try (SSLSocket client = connect(opened, "TLSv1.2")) {
            assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
        }
        awaitFailure(opened, TlsFailure.NO_SHARED_PROTOCOL);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void tellsAClientWithOtherCiphers(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        try (SSLSocket client = connect(opened, "TLSv1.2")) {
            client.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
            assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
        }
        awaitFailure(opened, TlsFailure.NO_SHARED_CIPHER);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void tellsAClientWithOtherApplicationProtocols(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("alpn", List.of("echo")));
        try (SSLSocket client = connect(opened, protocol)) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            client.setSSLParameters(parameters);
            assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
        }
        awaitFailure(opened, TlsFailure.NO_SHARED_ALPN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void tellsPlainText(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            awaitFailure(opened, TlsFailure.PLAIN_TEXT);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void tellsPlainTextWhereTheServerNameDecides(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("sni", Map.of("a.example", "other")));
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            awaitFailure(opened, TlsFailure.PLAIN_TEXT);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void endsAHandshakeThatTakesTooLong(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("handshakeTimeoutMs", 200));
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(new byte[] {22, 3, 1});
            awaitFailure(opened, TlsFailure.TIMEOUT);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void tellsAClientThatGivesUp(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(new byte[] {22, 3, 1});
        }
        awaitFailure(opened, TlsFailure.CLOSED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void aHealthCheckIsAProbe(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        TcpClient.connect(opened.endpoint().address()).close();
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed()).containsEntry(CloseReason.PROBE, 1L));
        assertThat(opened.read().tls().allFailed()).isZero();
    }

    /** Repeated, because a handshake that takes longer than a second is not one of a health check. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void aHealthCheckThatResetsAfterTheHandshakeIsAProbe(Wire wire, String protocol) {
        Opened opened = endpoints.tls(wire, Map.of());
        await().untilAsserted(() -> {
            long before = opened.read().connections().total();
            long probesBefore = probes(opened);
            for (int i = 0; i < 5; i++) {
                resetAfterHandshake(opened, protocol);
            }
            await().until(() -> opened.read().connections().total() == before + 5
                    && opened.read().connections().active() == 0);
            assertThat(probes(opened)).isEqualTo(probesBefore + 5);
        });
    }

    private static long probes(Opened opened) {
        return Objects.requireNonNull(opened.read().connections().closed().get(CloseReason.PROBE));
    }

    private static void resetAfterHandshake(Opened opened, String protocol) throws IOException {
        InetSocketAddress to = opened.endpoint().address();
        try (Socket plain = new Socket(to.getAddress(), to.getPort())) {
            SSLSocket client = (SSLSocket) Certificates.context(null, "server")
                    .getSocketFactory()
                    .createSocket(plain, "localhost", to.getPort(), false);
            client.setEnabledProtocols(new String[] {protocol});
            long before = opened.read().connections().total();
            client.startHandshake();
            // With TLS 1.3, RST may overtake the client's last message of the handshake.
            await().until(() -> opened.read().connections().total() > before);
            plain.setSoLinger(true, 0);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void aResetIsAnRst(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        try (SSLSocket client = connect(opened, protocol)) {
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            opened.peers()
                    .close(only(opened).id(), CloseMode.RESET, Duration.ZERO)
                    .join();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void aFaultResetsAboveTls(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        Faults.add(opened.faults(), "limit", "bytes", 4, "then", "reset");
        try (SSLSocket client = connect(opened, protocol)) {
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(4)).isEqualTo("Hell".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed()).containsEntry(CloseReason.FAULT, 1L));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void aDrainSendsEverythingThenCloseNotify(Wire wire, String protocol) throws Exception {
        Opened opened = endpoints.tls(wire, Map.of());
        byte[] sent = random(100_000);
        try (SSLSocket client = connect(opened, protocol)) {
            client.startHandshake();
            Thread sender = new Thread(() -> {
                try {
                    client.getOutputStream().write(sent);
                } catch (IOException ex) {
                    // The reader notices.
                }
            });
            sender.setDaemon(true);
            sender.start();
            await().until(() -> opened.read().receivedBytes() > 0);
            var closed = opened.endpoint().close(Duration.ofSeconds(5));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
            client.close();
            closed.join();
        }
        assertThat(opened.read().connections().closed()).containsEntry(CloseReason.DRAIN, 1L);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void aStoppedListenerEndsHandshakes(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(new byte[] {22, 3, 1});
            await().until(() -> !opened.peers().after(0, 10).isEmpty());
            opened.endpoint().close(Duration.ZERO).join();
            // An alert, then FIN.
            assertThat(client.readToEnd()).startsWith(21);
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed()).containsEntry(CloseReason.DRAIN, 1L));
    }

    /** A connection in its handshake counts towards the limit. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void limitsConnectionsInTheirHandshake(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of(), TcpSettings.with(Map.of("maxConnections", 1)));
        try (TcpClient first = TcpClient.connect(opened.endpoint().address())) {
            first.send(new byte[] {22, 3, 1});
            await().until(() -> !opened.peers().after(0, 10).isEmpty());
            try (TcpClient second = TcpClient.connect(opened.endpoint().address())) {
                await().untilAsserted(
                                () -> assertThat(opened.read().connections().rejected())
                                        .containsEntry(RejectReason.MAX_CONNECTIONS, 1L));
            }
        }
        awaitFailure(opened, TlsFailure.CLOSED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void aChangeConcernsNewConnections(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient before = TcpClient.connect(opened.endpoint().address())) {
            before.send(HELLO);
            assertThat(before.read(HELLO.length)).isEqualTo(HELLO);
            opened.endpoint().apply(Endpoints.tlsSpec(wire, Map.of(), TcpSettings.defaults()));
            try (SSLSocket after = connect(opened)) {
                after.getOutputStream().write(HELLO);
                assertThat(after.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            }
            before.send(HELLO);
            assertThat(before.read(HELLO.length)).isEqualTo(HELLO);
        }
        assertThat(opened.endpoint()
                        .canApply(Endpoints.tlsSpec(wire, Map.of("bundle", "missing"), TcpSettings.defaults())))
                .isFalse();
    }
}
