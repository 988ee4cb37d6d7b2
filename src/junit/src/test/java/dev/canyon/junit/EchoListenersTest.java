package dev.canyon.junit;

import static dev.canyon.junit.Faults.drop;
import static dev.canyon.junit.Faults.handshakeFailure;
import static dev.canyon.junit.Faults.handshakeStall;
import static dev.canyon.junit.Faults.latency;
import static dev.canyon.junit.Faults.refuse;
import static dev.canyon.junit.Faults.reset;
import static dev.canyon.junit.Faults.silence;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.net.BindFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(OrderAnnotation.class)
class EchoListenersTest {

    private static final Duration PATIENCE = ofSeconds(10);

    @RegisterExtension
    static final EchoListeners echo = EchoListeners.withTcp("backend")
            .andUdp("syslog")
            .andTls("secure")
            .andTcp("redis", Answer.always("+OK").perLine().afterBanner("hello\n"))
            .andUdp("sink", Answer.nothing())
            .andTcp("drain", Answer.nothing());

    private static @Nullable Socket pooled;

    @Test
    void aTcpListenerEchoesAndKnowsItsConnections() throws Exception {
        try (Socket client = connect("backend")) {
            assertThat(exchange(client, "Hello karl")).isEqualTo("Hello karl");
            assertThat(echo.tcp("backend").received()).isEqualTo(Payload.of("Hello karl"));
            assertThat(echo.tcp("backend").connections()).singleElement().satisfies(connection -> {
                assertThat(connection.client()).isEqualTo(client.getLocalSocketAddress());
                assertThat(connection.received()).hasToString("\"Hello karl\"");
                assertThat(connection.isOpen()).isTrue();
            });
        }
        echo.tcp("backend").awaitClosed(PATIENCE);
        assertThat(echo.tcp("backend").connections())
                .extracting(Connection::sentBytes, Connection::closed)
                .containsExactly(tuple(10L, CloseReason.CLIENT));
    }

    @Test
    void aUdpListenerEchoesAndKnowsItsDatagrams() throws Exception {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(10_000);
            send(client, "syslog", "one");
            send(client, "syslog", "two");
            assertThat(receive(client)).isEqualTo("one");
            assertThat(receive(client)).isEqualTo("two");
            assertThat(echo.udp("syslog").datagrams())
                    .extracting(Datagram::text)
                    .containsExactly("one", "two");
            assertThat(echo.udp("syslog").datagrams().get(0).client().getPort()).isEqualTo(client.getLocalPort());
        }
    }

    @Test
    void aTlsListenerHasACertificateThatItsContextTrusts() throws Exception {
        try (SSLSocket client = (SSLSocket)
                echo.tls("secure").sslContext().getSocketFactory().createSocket("localhost", port("secure"))) {
            var parameters = client.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            client.setSSLParameters(parameters);
            assertThat(exchange(client, "secret")).isEqualTo("secret");
            assertThat(echo.tls("secure").received().text()).isEqualTo("secret");
        }
    }

    @Test
    void aListenerGivesTheAnswerThatIsWanted() throws Exception {
        try (Socket client = connect("redis")) {
            assertThat(read(client, 6)).isEqualTo("hello\n");
            write(client, "PING\nPING\n");
            assertThat(read(client, 8)).isEqualTo("+OK\n+OK\n");
        }
    }

    @Test
    void aSinkAnswersNothing() throws Exception {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(100);
            send(client, "sink", "anyone?");
            echo.udp("sink").awaitReceived("anyone?", PATIENCE);
            assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aFaultIsAppliedToWhatItChooses() throws Exception {
        InjectedFault slow = echo.tcp("backend").fault(latency(ofMillis(200)).first(1));
        try (Socket first = connect("backend");
                Socket second = connect("backend")) {
            long begin = System.nanoTime();
            assertThat(exchange(second, "x")).isEqualTo("x");
            assertThat(exchange(first, "x")).isEqualTo("x");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(ofMillis(190));
        }
        assertThat(slow.applied()).isEqualTo(1);
    }

    @Test
    void aFaultCanBeRemovedDuringTheTest() throws Exception {
        InjectedFault refused = echo.tcp("backend").fault(refuse());
        assertThatThrownBy(() -> connect("backend").close()).isInstanceOf(ConnectException.class);
        refused.remove();
        refused.remove();
        try (Socket client = connect("backend")) {
            assertThat(exchange(client, "x")).isEqualTo("x");
        }
    }

    @Test
    void connectsAreRefusedOnce() {
        InjectedFault refused = echo.tcp("backend").fault(refuse());
        assertThatThrownBy(() -> echo.tcp("backend").fault(refuse()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connects are refused already");
        refused.remove();
        echo.tcp("backend").fault(refuse());
        assertThatThrownBy(() -> connect("backend").close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void aRefusalThatCannotEndCanEndLater() throws Exception {
        InjectedFault refused = echo.tcp("backend").fault(refuse());
        try (ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(true);
            other.bind(echo.tcp("backend").address());
            assertThatThrownBy(refused::remove).isInstanceOf(BindFailedException.class);
        }
        refused.remove();
        try (Socket client = connect("backend")) {
            assertThat(exchange(client, "x")).isEqualTo("x");
        }
    }

    @Test
    void aFaultOfTlsIsForListenersWithTls() throws Exception {
        assertThatThrownBy(() -> echo.tcp("backend").fault(handshakeFailure()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this fault is for listeners with TLS");
        assertThatThrownBy(() -> echo.tcp("backend").fault(handshakeStall()))
                .isInstanceOf(IllegalArgumentException.class);
        InjectedFault failure = echo.tls("secure").fault(handshakeFailure());
        SSLSocketFactory sockets = echo.tls("secure").sslContext().getSocketFactory();
        try (SSLSocket client = (SSLSocket) sockets.createSocket("localhost", port("secure"))) {
            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLException.class);
        }
        failure.awaitApplied(1, PATIENCE);
    }

    @Test
    void aFaultEndsOpenConnections() throws Exception {
        try (Socket client = connect("backend")) {
            exchange(client, "x");
            echo.tcp("backend").fault(reset());
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
            echo.tcp("backend").awaitClosed(PATIENCE);
            assertThat(echo.tcp("backend").connections())
                    .extracting(Connection::closed)
                    .containsExactly(CloseReason.FAULT);
        }
    }

    @Test
    void datagramsAreReceivedAndThenTakenByAFault() throws Exception {
        InjectedFault loss = echo.udp("syslog").fault(drop().every(2).inbound());
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(10_000);
            for (String text : new String[] {"1", "2", "3", "4", "5"}) {
                send(client, "syslog", text);
            }
            assertThat(receive(client) + receive(client) + receive(client)).isEqualTo("135");
        }
        loss.awaitApplied(2, PATIENCE);
        echo.udp("syslog").awaitDatagrams(5, PATIENCE);
        assertThat(echo.udp("syslog").received().text()).isEqualTo("12345");
    }

    @Test
    void bytesAreAwaitedHoweverTheyAreSplit() throws Exception {
        try (Socket client = connect("backend")) {
            client.setTcpNoDelay(true);
            write(client, "PI");
            echo.tcp("backend").awaitReceived(new byte[] {'P', 'I'}, PATIENCE);
            write(client, "NG\r\n");
            echo.tcp("backend").awaitReceived("PING\r\n", PATIENCE);
        }
    }

    @Test
    void moreThanAListenerKeepsIsNotShownInPart() throws Exception {
        try (Socket client = connect("drain")) {
            client.getOutputStream().write(new byte[Traffic.MAX_BYTES + 1]);
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        echo.tcp("drain").awaitConnections(1, PATIENCE);
        echo.tcp("drain").awaitClosed(PATIENCE);
        assertThatThrownBy(() -> echo.tcp("drain").received())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("16777217 bytes were received in this test, of which at most 16777216 are kept");
        assertThatThrownBy(() -> echo.tcp("drain").connections()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void datagramsAreCountedHoweverManyBytesTheyHave() throws Exception {
        UdpListener sink = echo.udp("sink");
        byte[] bytes = new byte[60_000];
        int enough = Traffic.MAX_BYTES / bytes.length + 1;
        try (DatagramSocket client = new DatagramSocket()) {
            for (int sent = 1; sent <= enough; sent++) {
                client.send(new DatagramPacket(bytes, bytes.length, sink.address()));
                sink.awaitDatagrams(sent, PATIENCE);
            }
        }
        assertThatThrownBy(sink::datagrams).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sink.awaitDatagrams(enough + 1, ofMillis(50)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("but was " + enough);
    }

    @Test
    void aWaitThatTimesOutReportsTheLastEvents() throws Exception {
        try (Socket client = connect("backend")) {
            exchange(client, "PING");
            assertThatThrownBy(() -> echo.tcp("backend").awaitReceived("PONG", ofMillis(50)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("tcp listener 'backend' (127.0.0.1:")
                    .hasMessageContaining("expected \"PONG\" to be received, but received [\"PING\"] within 50 ms")
                    .hasMessageContaining("accepted")
                    .hasMessageContaining("received 4 bytes: \"PING\"")
                    .hasMessageContaining("sent 4 bytes: \"PING\"");
        }
    }

    @Test
    void anInterruptedWaitSaysSo() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> echo.tcp("backend").awaitReceived("PONG", PATIENCE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("interrupted while waiting for \"PONG\" to be received")
                    .hasCauseInstanceOf(InterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @Order(1)
    void aTestLeavesAFaultAndBytes() throws Exception {
        echo.tcp("backend").fault(silence());
        try (Socket client = connect("backend")) {
            write(client, "left");
            echo.tcp("backend").awaitReceived("left", PATIENCE);
        }
        echo.tcp("backend").awaitClosed(PATIENCE);
    }

    @Test
    @Order(2)
    void theNextTestSeesNeither() throws Exception {
        assertThat(echo.tcp("backend").received().size()).isZero();
        assertThat(echo.tcp("backend").connections()).isEmpty();
        assertThat(echo.tcp("backend").events()).contains("no events");
        try (Socket client = connect("backend")) {
            assertThat(exchange(client, "x")).isEqualTo("x");
        }
    }

    @Test
    @Order(3)
    void aTestLeavesAConnection() throws Exception {
        pooled = connect("backend");
        exchange(pooled, "x");
    }

    @Test
    @Order(4)
    void anEarlierConnectionCountsOnceItIsUsed() throws Exception {
        try (Socket client = Objects.requireNonNull(pooled)) {
            assertThat(echo.tcp("backend").connections()).isEmpty();
            exchange(client, "y");
            assertThat(echo.tcp("backend").connections())
                    .extracting(Connection::received)
                    .containsExactly(Payload.of("y"));
        }
    }

    @Test
    void listenersAndAddressesAreParameters(
            @Listener("backend") TcpListener backend,
            @Listener("backend") InetSocketAddress address,
            @Listener("sink") UdpListener sink,
            TlsListener secure) {
        assertThat(backend).isSameAs(echo.tcp("backend"));
        assertThat(address).isEqualTo(backend.address());
        assertThat(sink).isSameAs(echo.udp("sink"));
        assertThat(secure).isSameAs(echo.tls("secure")).isSameAs(echo.tcp("secure"));
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> echo.tcp("frontend"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no TcpListener 'frontend'")
                .hasMessageContaining("'backend'");
        assertThatThrownBy(() -> echo.udp("backend")).hasMessageContaining("there is no UdpListener 'backend'");
        assertThatThrownBy(() -> EchoListeners.withTcp("a").andUdp("a"))
                .hasMessageContaining("there are two listeners 'a'");
    }

    @Test
    void aListenerThatIsNotRegisteredSaysHowItIs() {
        TcpListener closed = EchoListeners.withTcp("closed").tcp("closed");
        assertThatThrownBy(closed::address)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    @Test
    void aChoiceThatAFaultDoesNotOfferIsRefused() {
        assertThatThrownBy(() -> refuse().first(1)).hasMessage("this fault concerns all clients");
        assertThatThrownBy(() -> silence().inbound()).hasMessage("this fault can be applied to replies only");
        assertThatThrownBy(() -> latency(ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class NestedTests {

        @Test
        void shareTheListenersOfTheirClass() throws Exception {
            try (Socket client = connect("backend")) {
                assertThat(exchange(client, "nested")).isEqualTo("nested");
            }
        }
    }

    private static int port(String name) {
        return echo.tcp(name).port();
    }

    private static Socket connect(String name) throws IOException {
        Socket client = new Socket();
        client.connect(echo.tcp(name).address(), 10_000);
        client.setSoTimeout(10_000);
        return client;
    }

    private static String exchange(Socket client, String text) throws IOException {
        write(client, text);
        return read(client, text.length());
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Socket client, int bytes) throws IOException {
        return new String(client.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private static void send(DatagramSocket client, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.send(new DatagramPacket(bytes, bytes.length, echo.udp(name).address()));
    }

    private static String receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
