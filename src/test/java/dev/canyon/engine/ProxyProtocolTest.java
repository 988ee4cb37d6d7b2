package dev.canyon.engine;

import static dev.canyon.engine.identity.HeaderBytes.ascii;
import static dev.canyon.engine.identity.HeaderBytes.concat;
import static dev.canyon.engine.identity.HeaderBytes.tcp4Addresses;
import static dev.canyon.engine.identity.HeaderBytes.tcp6Addresses;
import static dev.canyon.engine.identity.HeaderBytes.tlv;
import static dev.canyon.engine.identity.HeaderBytes.v1;
import static dev.canyon.engine.identity.HeaderBytes.v2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.identity.HeaderBytes;
import dev.canyon.engine.identity.ProxyHeader;
import dev.canyon.engine.identity.ProxyHeaderFailure;
import dev.canyon.engine.identity.ProxyProtocolSettings;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ConnectionIdentity.Proxied;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProxyProtocolTest {

    private static final byte[] HELLO = ascii("Hello karl");
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 4711);
    private static final InetSocketAddress FRONT = new InetSocketAddress("198.51.100.1", 443);

    private final Endpoints endpoints = new Endpoints();
    private final Queue<String> rejections = new ConcurrentLinkedQueue<>();

    private final SocketObserver observer = new SocketObserver() {
        @Override
        public void accepted(Peer connection) {}

        @Override
        public void closed(Peer connection, CloseReason reason) {}

        @Override
        public void rejected(InetSocketAddress remote, RejectReason reason) {
            rejections.add(reason + " " + remote.getAddress().getHostAddress());
        }

        @Override
        public void headerFailed(InetSocketAddress remote, ProxyHeaderFailure cause) {
            rejections.add(cause.toString());
        }

        @Override
        public void dropped(InetSocketAddress remote, DropReason reason) {}
    };

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    private Opened open(Wire wire, Map<String, ?> values) {
        return open(wire, values, TcpSettings.defaults(), List.of(), spec -> spec);
    }

    private Opened open(
            Wire wire, Map<String, ?> values, TcpSettings tcp, List<Cidr> allowed, UnaryOperator<EndpointSpec> change) {
        EndpointSpec spec = new EndpointSpec(new ListenAddress(wire.loopback(), 0), 4_096, allowed, tcp)
                .behindProxies(Endpoints.proxies(values));
        return endpoints.open(wire.kind(), change.apply(spec), observer);
    }

    private static TcpClient connect(Opened opened) throws IOException {
        return TcpClient.connect(opened.endpoint().address());
    }

    private static void assertEcho(TcpClient client) throws IOException {
        client.send(HELLO);
        assertThat(client.read(HELLO.length)).isEqualTo(HELLO);
    }

    private static Peer only(Opened opened) {
        return await().until(() -> opened.peers().after(0, 10), peers -> peers.size() == 1)
                .get(0);
    }

    private static void assertRejected(Opened opened, RejectReason reason, long count) {
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().rejected()).containsEntry(reason, count));
        assertThat(opened.read().receivedBytes()).isZero();
    }

    @OnEveryWire
    void readsAHeaderByteByByte(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of());
        for (byte[] header : List.of(v1(), v2(HeaderBytes.PROXY, HeaderBytes.TCP4, tcp4Addresses()))) {
            try (TcpClient client = connect(opened)) {
                for (byte next : concat(header, HELLO)) {
                    client.send(new byte[] {next});
                }
                assertThat(client.read(HELLO.length)).isEqualTo(HELLO);
                Peer peer = only(opened);
                assertThat(peer.remote()).isEqualTo(CLIENT);
                assertThat(peer.local()).isEqualTo(FRONT);
                assertThat(peer.receivedBytes()).isEqualTo(HELLO.length);
                Proxied proxied = Objects.requireNonNull(peer.proxied());
                assertThat(proxied.proxy()).isEqualTo(client.local());
                assertThat(proxied.local()).isEqualTo(opened.endpoint().address());
            }
            await().until(() -> opened.read().connections().active() == 0);
        }
        assertThat(opened.read().receivedBytes()).isEqualTo(2L * HELLO.length);
        assertThat(opened.read().connections().total()).isEqualTo(2);
        assertThat(rejections).isEmpty();
    }

    /** The data that follows in the same segment is not lost, whatever the client is named. */
    @OnEveryWire
    void dataMayFollowInTheSameSegment(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of());
        try (TcpClient client = connect(opened)) {
            client.send(concat(
                    v2(HeaderBytes.PROXY, HeaderBytes.TCP6, tcp6Addresses(), tlv(2, ascii("echo.example"))), HELLO));
            client.shutdown();
            assertThat(client.readToEnd()).isEqualTo(HELLO);
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed()).containsEntry(CloseReason.CLIENT, 1L));
    }

    @OnEveryWire
    void keepsTheAddressOfTheSocketWhereTheHeaderNamesNone(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of());
        for (byte[] header : List.of(
                ascii("PROXY UNKNOWN 192.0.2.7 198.51.100.1 1 2\r\n"),
                v2(HeaderBytes.LOCAL, HeaderBytes.TCP4, tcp4Addresses()),
                v2(HeaderBytes.PROXY, HeaderBytes.UNSPEC),
                v2(HeaderBytes.PROXY, HeaderBytes.UNIX_STREAM, new byte[216]))) {
            try (TcpClient client = connect(opened)) {
                client.send(header);
                assertEcho(client);
                Peer peer = only(opened);
                assertThat(peer.remote()).isEqualTo(client.local());
                assertThat(peer.local()).isEqualTo(opened.endpoint().address());
                ProxyHeader read = Objects.requireNonNull(peer.proxied()).header();
                assertThat(read.addresses()).isNull();
            }
            await().until(() -> opened.read().connections().active() == 0);
        }
    }

    @OnEveryWire
    void rejectsConnectionsWithoutAValidHeader(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of());
        List<byte[]> bad = List.of(
                ascii("GET / HTTP/1.0\r\n\r\n"),
                ascii("PROXY TCP4 nobody 198.51.100.1 4711 443\r\nHello"),
                ascii("PROXY " + "x".repeat(200)),
                v2(HeaderBytes.PROXY, HeaderBytes.TCP6, tcp4Addresses()));
        for (int i = 0; i < bad.size(); i++) {
            try (TcpClient client = connect(opened)) {
                client.send(bad.get(i));
                assertThat(readUntilClosed(client)).isEmpty();
            }
            assertRejected(opened, RejectReason.PROXY_HEADER, i + 1L);
        }
        await().untilAsserted(() ->
                assertThat(rejections).containsExactlyInAnyOrder("missing", "broken", "too-long", "broken"));
        assertThat(opened.read().connections().total()).isZero();
    }

    /** The kernel sends RST instead of FIN if it holds bytes that were not read. */
    private static byte[] readUntilClosed(TcpClient client) throws IOException {
        try {
            return client.readToEnd();
        } catch (SocketException ex) {
            return new byte[0];
        }
    }

    @OnEveryWire
    void rejectsConnectionsWhoseHeaderIsLateOrIncomplete(Wire wire) throws IOException {
        Opened late = open(wire, Map.of("headerTimeoutMs", 100));
        try (TcpClient client = connect(late)) {
            client.send(ascii("PROXY TCP4 192.0.2.7"));
            assertThat(client.readToEnd()).isEmpty();
        }
        assertRejected(late, RejectReason.PROXY_HEADER, 1);
        Opened patient = open(wire, Map.of("headerTimeoutMs", 0));
        try (TcpClient client = connect(patient)) {
            client.send(ascii("PROXY TCP4 192.0.2.7")).shutdown();
            assertThat(client.readToEnd()).isEmpty();
        }
        assertRejected(patient, RejectReason.PROXY_HEADER, 1);
        await().untilAsserted(() -> assertThat(rejections).containsExactlyInAnyOrder("timeout", "closed"));
    }

    /** By the source address, never by what is sent. */
    @OnEveryWire
    void expectsAHeaderFromTrustedSourcesOnly(Wire wire) throws IOException {
        String others = wire.isIpv6() ? "2001:db8::/32" : "192.0.2.0/24";
        Opened untrusting = open(wire, Map.of("mode", "from-trusted", "trusted", List.of(others)));
        try (TcpClient client = connect(untrusting)) {
            client.send(v1());
            assertThat(client.read(v1().length)).isEqualTo(v1());
            assertThat(only(untrusting).remote()).isEqualTo(client.local());
            assertThat(only(untrusting).proxied()).isNull();
        }
        Opened trusting = open(wire, Map.of("mode", "from-trusted", "trusted", List.of(others, wire.loopback())));
        try (TcpClient client = connect(trusting)) {
            client.send(v1());
            assertEcho(client);
            assertThat(only(trusting).remote()).isEqualTo(CLIENT);
        }
        try (TcpClient client = connect(trusting)) {
            client.send(HELLO);
            assertThat(readUntilClosed(client)).isEmpty();
        }
        await().untilAsserted(() ->
                assertThat(trusting.read().connections().rejected()).containsEntry(RejectReason.PROXY_HEADER, 1L));
    }

    @OnEveryWire
    void limitsApplyToTheNamedClient(Wire wire) throws IOException {
        Opened opened = open(
                wire,
                Map.of(),
                TcpSettings.with(Map.of("maxConnectionsPerSource", 1)),
                List.of(Cidr.parse("192.0.2.0/24")),
                spec -> spec);
        try (TcpClient first = connect(opened)) {
            first.send(v1("192.0.2.1"));
            assertEcho(first);
            try (TcpClient second = connect(opened)) {
                second.send(concat(v1("192.0.2.1"), HELLO));
                assertThat(readUntilClosed(second)).isEmpty();
            }
            try (TcpClient other = connect(opened)) {
                other.send(v1("192.0.2.2"));
                assertEcho(other);
            }
            try (TcpClient stranger = connect(opened)) {
                stranger.send(concat(v1("203.0.113.1"), HELLO));
                assertThat(readUntilClosed(stranger)).isEmpty();
            }
        }
        await().untilAsserted(() -> assertThat(rejections)
                .containsExactlyInAnyOrder("max-connections-per-source 192.0.2.1", "not-allowed 203.0.113.1"));
        await().until(() -> opened.read().connections().active() == 0);
        try (TcpClient again = connect(opened)) {
            again.send(v1("192.0.2.1"));
            assertEcho(again);
        }
        assertThat(opened.read().connections().rejected())
                .containsEntry(RejectReason.MAX_CONNECTIONS_PER_SOURCE, 1L)
                .containsEntry(RejectReason.NOT_ALLOWED, 1L);
    }

    /** A connection that waits for its header counts, and ends with the listener. */
    @OnEveryWire
    void waitingConnectionsCountTowardsTheLimit(Wire wire) throws IOException {
        Opened opened = open(
                wire,
                Map.of("headerTimeoutMs", 0),
                TcpSettings.with(Map.of("maxConnections", 1)),
                List.of(),
                spec -> spec);
        try (TcpClient first = connect(opened)) {
            await().until(() -> opened.peers().after(0, 10).size() == 1);
            try (TcpClient second = connect(opened)) {
                assertThat(readUntilClosed(second)).isEmpty();
            }
            assertRejected(opened, RejectReason.MAX_CONNECTIONS, 1);
            opened.endpoint().close(Duration.ZERO).join();
            assertThat(first.readToEnd()).isEmpty();
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed()).containsEntry(CloseReason.DRAIN, 1L));
    }

    @OnEveryWire
    void tlsFollowsTheHeader(Wire wire) throws IOException {
        Opened opened = open(
                wire,
                Map.of(),
                TcpSettings.defaults(),
                List.of(),
                spec -> spec.encryptedBy(TlsSettings.with(Map.of("bundle", "server"))));
        InetSocketAddress to = opened.endpoint().address();
        try (Socket plain = new Socket(to.getAddress(), to.getPort())) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write(v1());
            try (SSLSocket client = (SSLSocket) Certificates.context(null, "server")
                    .getSocketFactory()
                    .createSocket(plain, "localhost", to.getPort(), false)) {
                client.getOutputStream().write(HELLO);
                assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
                Peer peer = only(opened);
                assertThat(peer.remote()).isEqualTo(CLIENT);
                assertThat(peer.tls()).isNotNull();
                assertThat(peer.receivedBytes()).isEqualTo(HELLO.length);
            }
        }
    }

    @OnEveryWire
    void aChangeConcernsNewConnections(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        EndpointSpec plain = Endpoints.spec(wire.loopback(), 0, TcpSettings.defaults());
        EndpointSpec proxied = plain.behindProxies(ProxyProtocolSettings.with(Map.of("mode", "required")));
        assertThat(plain.needsNewSocketFor(proxied)).isFalse();
        try (TcpClient before = connect(opened)) {
            assertEcho(before);
            opened.endpoint().apply(proxied);
            try (TcpClient after = connect(opened)) {
                after.send(v1());
                assertEcho(after);
                opened.endpoint().apply(plain);
                assertEcho(after);
            }
            assertEcho(before);
            try (TcpClient last = connect(opened)) {
                last.send(v1());
                assertThat(last.read(v1().length)).isEqualTo(v1());
            }
        }
    }

    /** With and without the header of a health check; more than once, since a client that is slow is not a probe. */
    @OnEveryWire
    void healthChecksAreProbes(Wire wire) {
        Opened opened = open(wire, Map.of());
        for (byte[] header : List.of(new byte[0], v2(HeaderBytes.LOCAL, HeaderBytes.UNSPEC))) {
            long before = probes(opened);
            await().until(() -> {
                connect(opened).send(header).close();
                return probes(opened) > before;
            });
        }
    }

    private static long probes(Opened opened) {
        return opened.read().connections().closed().getOrDefault(CloseReason.PROBE, 0L);
    }

    @OnEveryWire
    void theReplyNamesClientAndProxy(Wire wire) throws IOException {
        Opened opened = open(
                wire,
                Map.of(),
                TcpSettings.defaults(),
                List.of(),
                spec -> spec.answering(ReplySettings.with(Map.of("reply", Map.of("mode", "identity")))));
        try (TcpClient client = connect(opened)) {
            byte[] tlvs = concat(tlv(0x30, ascii("edge")), tlv(0xea, new byte[] {1, 2}), tlv(0xe0, new byte[] {3}));
            client.send(concat(v2(HeaderBytes.PROXY, HeaderBytes.TCP4, tcp4Addresses(), tlvs), HELLO))
                    .shutdown();
            String line = new String(client.readToEnd(), StandardCharsets.UTF_8);
            assertThat(line)
                    .contains("\"remoteAddress\":\"192.0.2.7\",\"remotePort\":4711,")
                    .contains("\"localAddress\":\"198.51.100.1\",\"localPort\":443,")
                    .contains("\"proxyAddress\":\"" + wire.loopback() + "\",\"proxyPort\":"
                            + client.local().getPort() + ",")
                    .contains("\"networkNamespace\":\"edge\"")
                    .contains("\"others\":{\"0xe0\":\"03\",\"0xea\":\"0102\"}")
                    .contains("\"text\":\"Hello karl\"");
        }
    }
}
