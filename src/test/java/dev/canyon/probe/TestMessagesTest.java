package dev.canyon.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.dial.ClientSocket;
import dev.canyon.net.IpText;
import dev.canyon.net.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each outcome, provoked by a misbehaving peer. */
@Timeout(60)
class TestMessagesTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final InetAddress LOOPBACK = IpText.parse("127.0.0.1").orElseThrow();

    @Test
    void anEchoIsOkAndEachStepIsTimed() throws Exception {
        try (OddServer server = new OddServer(client -> client.getInputStream().transferTo(client.getOutputStream()))) {
            TestResult result = tcp(server, message("Hello karl", LONG));
            Attempt only = onlyAttempt(result, Outcome.OK);
            assertThat(text(only)).isEqualTo("Hello karl");
            assertThat(result.client()).isNotNull();
            assertThat(result.server()).isNull();
            assertThat(only.timing().connectedMicros()).isNotNull();
            assertThat(List.of(
                            only.timing().resolvedMicros(),
                            only.timing().connectedMicros(),
                            only.timing().sentMicros(),
                            only.timing().firstByteMicros(),
                            only.timing().lastByteMicros(),
                            only.timing().closedMicros()))
                    .isSorted();
        }
    }

    @Test
    void aClosedPortRefuses() throws Exception {
        // Bound and not listening: nobody else can take the port.
        try (Socket reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(LOOPBACK, 0));
            InetSocketAddress target = (InetSocketAddress) reserved.getLocalSocketAddress();
            Attempt attempt = onlyAttempt(send(Protocol.TCP, target, message("a", LONG)), Outcome.REFUSED);
            assertThat(attempt.timing().connectedMicros()).isNull();
            assertThat(attempt.timing().closedMicros()).isNotNull();
            assertThat(attempt.detail()).isEqualTo("Connection refused");
        }
    }

    /** With its backlog full, a listening socket of Linux does not answer SYN. */
    @Test
    void anUnansweredHandshakeTimesOut() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            while (waiting.size() < 10 && fits(server, waiting)) {
                // One more.
            }
            TestMessage message = new TestMessage(bytes("a"), exactly("a"), SHORT, LONG, 3, 0, false);
            Attempt attempt = onlyAttempt(
                    send(Protocol.TCP, (InetSocketAddress) server.getLocalSocketAddress(), message),
                    Outcome.TIMEOUT_CONNECT);
            assertThat(attempt.detail()).isEqualTo("no answer to SYN within 300 ms");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static boolean fits(ServerSocket server, List<Socket> waiting) throws Exception {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(server.getLocalSocketAddress(), 300);
            return true;
        } catch (SocketTimeoutException ex) {
            return false;
        }
    }

    @Test
    void silenceIsAReadTimeout() throws Exception {
        try (OddServer server = new OddServer(OddServer::staySilent)) {
            Attempt attempt = onlyAttempt(tcp(server, message("a", SHORT)), Outcome.TIMEOUT_READ);
            assertThat(attempt.timing().sentMicros()).isNotNull();
            assertThat(attempt.timing().firstByteMicros()).isNull();
            assertThat(attempt.detail()).isEqualTo("no response within 300 ms");
        }
    }

    @Test
    void anIncompleteResponseIsPartial() throws Exception {
        try (OddServer server = new OddServer(client -> {
            client.getOutputStream().write(client.getInputStream().readNBytes(2));
            OddServer.staySilent(client);
        })) {
            Attempt attempt = onlyAttempt(tcp(server, message("abcd", SHORT)), Outcome.PARTIAL);
            assertThat(text(attempt)).isEqualTo("ab");
            assertThat(attempt.timing().lastByteMicros()).isNotNull();
        }
    }

    @Test
    void anEarlyFinIsDistinguishedFromAReset() throws Exception {
        try (OddServer server = new OddServer(
                client -> client.getOutputStream().write(client.getInputStream().readNBytes(4), 0, 3))) {
            Attempt attempt = onlyAttempt(tcp(server, message("abcd", LONG)), Outcome.CLOSED_EARLY);
            assertThat(text(attempt)).isEqualTo("abc");
            assertThat(attempt.detail()).isEqualTo("the peer sent FIN after 3 bytes");
        }
        try (OddServer server = new OddServer(client -> {
            client.getInputStream().readNBytes(4);
            OddServer.reset(client);
        })) {
            onlyAttempt(tcp(server, message("abcd", LONG)), Outcome.RESET);
        }
    }

    @Test
    void differentBytesAreAMismatch() throws Exception {
        try (OddServer server = new OddServer(client -> {
            byte[] read = client.getInputStream().readNBytes(4);
            read[2] ^= 1;
            client.getOutputStream().write(read);
            OddServer.staySilent(client);
        })) {
            Attempt attempt = onlyAttempt(tcp(server, message("abcd", LONG)), Outcome.MISMATCH);
            assertThat(text(attempt)).isEqualTo("abbd");
        }
    }

    @Test
    void moreBytesThanExpectedAreAMismatch() throws Exception {
        try (OddServer server = new OddServer(client -> {
            client.getInputStream().readNBytes(2);
            client.getOutputStream().write(bytes("abab"));
            OddServer.staySilent(client);
        })) {
            onlyAttempt(tcp(server, message("ab", LONG)), Outcome.MISMATCH);
        }
    }

    /** Neither memory nor time may depend on how much the peer sends. */
    @Test
    void readingStopsIfThePeerNeverStopsSending() throws Exception {
        try (OddServer server = new OddServer(client -> {
            while (true) {
                client.getOutputStream().write(new byte[64 * 1024]);
            }
        })) {
            TestMessage message =
                    new TestMessage(bytes("a"), new Expectation.Containing(bytes("b")), LONG, LONG, 1, 0, false);
            Attempt attempt = onlyAttempt(tcp(server, message), Outcome.MISMATCH);
            assertThat(attempt.received()).hasSizeBetween(256 * 1024, 512 * 1024);
            assertThat(attempt.detail()).startsWith("the response is much longer than expected");
        }
    }

    @Test
    void anEmptyMessageCanExpectAGreeting() throws Exception {
        try (OddServer server = new OddServer(client -> {
            client.getOutputStream().write(bytes("220 ready\r\n"));
            OddServer.staySilent(client);
        })) {
            TestMessage message =
                    new TestMessage(new byte[0], new Expectation.Containing(bytes("220 ")), LONG, LONG, 1, 0, false);
            assertThat(text(onlyAttempt(tcp(server, message), Outcome.OK))).isEqualTo("220 ready\r\n");
        }
    }

    @Test
    void halfCloseSendsFinAndReadsUntilThePeersFin() throws Exception {
        try (OddServer server = new OddServer(
                client -> client.getOutputStream().write(client.getInputStream().readAllBytes()))) {
            TestMessage message = new TestMessage(bytes("ab"), exactly("ab"), LONG, LONG, 1, 0, true);
            onlyAttempt(tcp(server, message), Outcome.OK);
            // Without it this peer answers nothing.
            onlyAttempt(tcp(server, message("ab", SHORT)), Outcome.TIMEOUT_READ);
        }
    }

    @Test
    void aMessageIsRepeatedOnOneConnection() throws Exception {
        List<Integer> clients = new ArrayList<>();
        try (OddServer server = new OddServer(client -> {
            synchronized (clients) {
                clients.add(client.getPort());
            }
            for (int i = 1; i <= 4; i++) {
                byte[] read = client.getInputStream().readNBytes(2);
                if (i == 2) {
                    read[0] ^= 1;
                }
                client.getOutputStream().write(read);
            }
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        })) {
            TestResult result = tcp(server, new TestMessage(bytes("ab"), exactly("ab"), LONG, LONG, 4, 0, true));
            assertThat(result.attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.OK, Outcome.MISMATCH, Outcome.OK, Outcome.OK);
            assertThat(result.decisive()).isSameAs(result.attempts().get(1));
            synchronized (clients) {
                assertThat(clients).hasSize(1);
            }
            for (int i = 1; i < 4; i++) {
                assertThat(result.attempts().get(i).timing().sentMicros())
                        .isGreaterThanOrEqualTo(
                                result.attempts().get(i - 1).timing().lastByteMicros());
            }
        }
    }

    @Test
    void noAttemptFollowsTheEndOfTheConnection() throws Exception {
        try (OddServer server = new OddServer(
                client -> client.getOutputStream().write(client.getInputStream().readNBytes(2)))) {
            TestResult result = tcp(server, new TestMessage(bytes("ab"), exactly("ab"), LONG, LONG, 9, 0, false));
            assertThat(result.attempts()).hasSize(2);
            assertThat(result.attempts().get(0).outcome()).isEqualTo(Outcome.OK);
            assertThat(result.decisive().outcome()).isIn(Outcome.CLOSED_EARLY, Outcome.RESET);
        }
    }

    /** A response after the timeout must not be taken for that of the next attempt. */
    @Test
    void aLateResponseIsNotAttributedToTheNextAttempt() throws Exception {
        TestMessage message = new TestMessage(bytes("ab"), exactly("ab"), LONG, SHORT, 2, 0, false);
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Exchange exchange = Exchange.open(
                        Protocol.TCP, (InetSocketAddress) server.getLocalSocketAddress(), message, new StepTimer())) {
            assertThat(exchange.attempt(false).outcome()).isEqualTo(Outcome.TIMEOUT_READ);
            try (Socket client = server.accept()) {
                client.getOutputStream().write(bytes("ab"));
                assertLateResponseIsDiscarded(exchange);
            }
        }
        try (DatagramSocket server = new DatagramSocket(0, LOOPBACK);
                Exchange exchange = Exchange.open(
                        Protocol.UDP, (InetSocketAddress) server.getLocalSocketAddress(), message, new StepTimer())) {
            assertThat(exchange.attempt(false).outcome()).isEqualTo(Outcome.TIMEOUT_READ);
            server.send(new DatagramPacket(bytes("ab"), 2, exchange.socket().localAddress()));
            assertLateResponseIsDiscarded(exchange);
        }
    }

    private static void assertLateResponseIsDiscarded(Exchange exchange) throws Exception {
        assertThat(exchange.socket().await(SelectionKey.OP_READ, ClientSocket.deadlineAfter(LONG)))
                .isTrue();
        Attempt second = exchange.attempt(true);
        assertThat(second.outcome()).isEqualTo(Outcome.TIMEOUT_READ);
        assertThat(second.received()).isEmpty();
    }

    @Test
    void theSourcePortCanBeChosenAndReused() throws Exception {
        int port = FreePorts.next();
        try (OddServer server = new OddServer(client -> client.getInputStream().transferTo(client.getOutputStream()))) {
            for (int i = 0; i < 2; i++) {
                // Between the same two ports the kernel lets a connection follow another after a second (tcp_tw_reuse).
                await().untilAsserted(() -> {
                    TestResult result =
                            tcp(server, new TestMessage(bytes("a"), exactly("a"), LONG, LONG, 1, port, false));
                    onlyAttempt(result, Outcome.OK);
                    assertThat(result.client()).isEqualTo(new InetSocketAddress(LOOPBACK, port));
                });
            }
            try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
                TestResult result = tcp(
                        server, new TestMessage(bytes("a"), exactly("a"), LONG, LONG, 1, taken.getLocalPort(), false));
                assertThat(onlyAttempt(result, Outcome.OTHER).detail()).contains("already in use");
                assertThat(result.client()).isNull();
            }
        }
    }

    @Test
    void udpDistinguishesRefusalSilenceAndDifferentBytes() throws Exception {
        InetSocketAddress closed;
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            closed = (InetSocketAddress) socket.getLocalSocketAddress();
            Attempt silent = onlyAttempt(send(Protocol.UDP, closed, message("a", SHORT)), Outcome.TIMEOUT_READ);
            assertThat(silent.timing().connectedMicros()).isNull();
            assertThat(silent.timing().sentMicros()).isNotNull();
        }
        // Refused each time, not only the first.
        TestResult refused =
                send(Protocol.UDP, closed, new TestMessage(bytes("a"), exactly("a"), LONG, LONG, 3, 0, false));
        assertThat(refused.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED);
        try (DatagramSocket server = new DatagramSocket(0, LOOPBACK)) {
            Thread peer = new Thread(() -> sendDifferentBytes(server));
            peer.start();
            Attempt other = onlyAttempt(
                    send(Protocol.UDP, (InetSocketAddress) server.getLocalSocketAddress(), message("ab", LONG)),
                    Outcome.MISMATCH);
            assertThat(text(other)).isEqualTo("abc");
            peer.join();
        }
    }

    private static void sendDifferentBytes(DatagramSocket server) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            server.receive(packet);
            server.send(new DatagramPacket(bytes("abc"), 3, packet.getSocketAddress()));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void everySocketIsClosed() throws Exception {
        try (OddServer server = new OddServer(client -> client.getInputStream().transferTo(client.getOutputStream()))) {
            for (int i = 0; i < 10; i++) {
                tcp(server, message("a", SHORT));
            }
            String port = String.format(":%04X ", server.address().getPort());
            // Our ends: established or waiting to be closed by us.
            await().untilAsserted(() -> assertThat(Files.readAllLines(Path.of("/proc/net/tcp")))
                    .noneMatch(line -> line.matches(".* \\S+" + port + "(01|08) .*")));
        }
    }

    private static TestResult tcp(OddServer server, TestMessage message) {
        return send(Protocol.TCP, server.address(), message);
    }

    private static TestResult send(Protocol protocol, InetSocketAddress target, TestMessage message) {
        StepTimer watch = new StepTimer();
        watch.resolved();
        return TestMessages.send(protocol, target, message, null, watch);
    }

    private static Attempt onlyAttempt(TestResult result, Outcome expected) {
        assertThat(result.attempts()).hasSize(1);
        Attempt attempt = result.attempts().get(0);
        assertThat(attempt.outcome()).as(String.valueOf(attempt.detail())).isEqualTo(expected);
        return attempt;
    }

    /** Returns a message that expects its echo. */
    private static TestMessage message(String text, Duration timeout) {
        return new TestMessage(bytes(text), exactly(text), LONG, timeout, 1, 0, false);
    }

    private static Expectation exactly(String text) {
        return new Expectation.Exactly(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(Attempt attempt) {
        return new String(attempt.received(), StandardCharsets.US_ASCII);
    }
}
