package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.tls.TlsFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault {@code handshake-fail}. */
@Timeout(60)
class HandshakeFaultTest {

    private static final byte[] HELLO = "Hello karl".getBytes(StandardCharsets.US_ASCII);

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    /** Without IPv6, which makes no difference here. */
    static Stream<Wire> wires() {
        return Wire.all().filter(wire -> !wire.isIpv6());
    }

    static Stream<Arguments> wiresAndProtocols() {
        return wires().flatMap(wire -> Stream.of("TLSv1.3", "TLSv1.2").map(protocol -> Arguments.of(wire, protocol)));
    }

    private static SSLSocket connect(Opened opened, String... protocols) throws IOException {
        InetSocketAddress to = opened.endpoint().address();
        SSLSocket socket = (SSLSocket) Certificates.context(null, "server", "other")
                .getSocketFactory()
                .createSocket(to.getAddress(), to.getPort());
        socket.setSoTimeout(20_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static void assertEcho(SSLSocket client) throws IOException {
        client.getOutputStream().write(HELLO);
        assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }

    private static void awaitFailed(Opened opened, ActiveFault fault, long handshakes) {
        await().untilAsserted(() -> {
            assertThat(opened.read().tls().failed()).containsEntry(TlsFailure.FAULT, handshakes);
            assertThat(opened.read().connections().rejected()).containsEntry(RejectReason.TLS, handshakes);
        });
        assertThat(opened.read().tls().allFailed()).isEqualTo(handshakes);
        assertThat(fault.appliedCount()).isEqualTo(handshakes);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wiresAndProtocols")
    void sendsAnAlert(Wire wire, String protocol) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        ActiveFault fault = Faults.add(opened.faults(), "handshake-fail");
        try (SSLSocket client = connect(opened, protocol)) {
            assertThatThrownBy(client::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("handshake_failure");
        }
        awaitFailed(opened, fault, 1);
        assertThat(opened.read().connections().total()).isZero();
        assertThat(opened.read().receivedBytes()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void closesInsteadOfAServerHello(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        ActiveFault fault = Faults.add(opened.faults(), "handshake-fail", "how", "close");
        try (SSLSocket client = connect(opened)) {
            assertThatThrownBy(client::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasRootCauseInstanceOf(EOFException.class);
        }
        awaitFailed(opened, fault, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void resetsInsteadOfAServerHello(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        ActiveFault fault = Faults.add(opened.faults(), "handshake-fail", "how", "reset");
        try (SSLSocket client = connect(opened)) {
            assertThatThrownBy(client::startHandshake).hasStackTraceContaining("Connection reset");
        }
        awaitFailed(opened, fault, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void staysSilentUntilTheClientGivesUp(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("handshakeTimeoutMs", 0));
        ActiveFault fault = Faults.add(opened.faults(), "handshake-fail", "how", "stall");
        try (SSLSocket client = connect(opened)) {
            client.setSoTimeout(300);
            assertThatThrownBy(client::startHandshake).isInstanceOf(SocketTimeoutException.class);
            await().until(() -> fault.appliedCount() == 1);
            assertThat(opened.peers().after(0, 10)).hasSize(1);
        }
        awaitFailed(opened, fault, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void theHandshakeTimeoutEndsTheSilence(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("handshakeTimeoutMs", 1_000));
        ActiveFault fault = Faults.add(opened.faults(), "handshake-fail", "how", "stall");
        InetSocketAddress to = opened.endpoint().address();
        try (SSLSocket client = connect(opened);
                Socket idle = new Socket(to.getAddress(), to.getPort())) {
            idle.setSoTimeout(20_000);
            assertThatThrownBy(client::startHandshake).isNotInstanceOf(SocketTimeoutException.class);
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        }
        // A client that was too slow to send its ClientHello was not turned away by the fault.
        await().untilAsserted(() -> assertThat(opened.read().tls().allFailed()).isEqualTo(2));
        assertThat(opened.read().tls().failed()).containsEntry(TlsFailure.FAULT, fault.appliedCount());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void aSilentConnectionIsDrained(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("handshakeTimeoutMs", 0));
        ActiveFault fault = Faults.add(opened.faults(), "handshake-fail", "how", "stall");
        try (SSLSocket client = connect(opened)) {
            client.setSoTimeout(300);
            assertThatThrownBy(client::startHandshake).isInstanceOf(SocketTimeoutException.class);
            await().until(() -> fault.appliedCount() == 1);
            opened.endpoint().close(Duration.ofMillis(200)).join();
            await().untilAsserted(() ->
                    assertThat(opened.read().connections().closed()).containsEntry(CloseReason.DRAIN, 1L));
        }
        assertThat(opened.read().tls().allFailed()).isZero();
    }

    /** Connections whose handshake is over are no subjects: they neither fail nor use up a number. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void theFirstTwoFailAndTheOthersWork(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of("sni", Map.of("a.example", "other")));
        try (SSLSocket before = connect(opened)) {
            assertEcho(before);
            ActiveFault fault = Faults.add(opened.faults(), "handshake-fail", "when", Map.of("first", 2));
            for (int failing = 1; failing <= 2; failing++) {
                try (SSLSocket client = connect(opened)) {
                    assertThatThrownBy(client::startHandshake).hasMessageContaining("handshake_failure");
                }
            }
            try (SSLSocket client = connect(opened)) {
                SSLParameters parameters = client.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName("a.example")));
                client.setSSLParameters(parameters);
                assertEcho(client);
                assertThat(client.getSession().getPeerPrincipal()).hasToString("CN=other");
            }
            assertEcho(before);
            awaitFailed(opened, fault, 2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    void othersThanTlsClientsOfItsSourcesAreNotConcerned(Wire wire) throws IOException {
        Opened opened = endpoints.tls(wire, Map.of());
        ActiveFault elsewhere =
                Faults.add(opened.faults(), "handshake-fail", "id", "elsewhere", "sources", List.of("192.0.2.0/24"));
        try (SSLSocket client = connect(opened)) {
            assertEcho(client);
        }
        ActiveFault fault = Faults.add(opened.faults(), "handshake-fail");
        InetSocketAddress to = opened.endpoint().address();
        try (Socket plain = new Socket(to.getAddress(), to.getPort())) {
            plain.getOutputStream().write(HELLO);
            await().untilAsserted(
                            () -> assertThat(opened.read().tls().failed()).containsEntry(TlsFailure.PLAIN_TEXT, 1L));
        }
        assertThat(elsewhere.appliedCount()).isZero();
        assertThat(fault.appliedCount()).isZero();
    }
}
