package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class PeersTest {

    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int ALL = 1_000;

    /** More than all buffers on the path can hold. */
    private static final byte[] MUCH = new byte[64 * 1024 * 1024];

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @OnEveryWire
    void listsEachConnectionUntilItIsClosed(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Instant before = Instant.now().minusMillis(1);
        try (TcpClient first = TcpClient.connect(opened.endpoint().address());
                TcpClient second = TcpClient.connect(opened.endpoint().address())) {
            first.send(random(1_000)).read(1_000);
            second.send(random(3)).read(3);
            List<Peer> peers = awaitPeers(opened, 2);
            Peer one = peers.get(0);
            assertThat(one.protocol()).isEqualTo(Protocol.TCP);
            assertThat(one.remote()).isEqualTo(first.local());
            assertThat(one.local()).isEqualTo(opened.endpoint().address());
            assertThat(one.openedAt()).isBetween(before, Instant.now());
            assertThat(one.receivedBytes()).isEqualTo(1_000);
            assertThat(one.receivedMessages()).isPositive();
            assertThat(one.sentBytes()).isEqualTo(1_000);
            assertThat(one.pendingBytes()).isZero();
            assertThat(peers.get(1).remote()).isEqualTo(second.local());
            assertThat(peers.get(1).receivedBytes()).isEqualTo(3);
            assertThat(peers.get(1).id()).isGreaterThan(one.id());
            // Sending ends the idle time.
            await().until(() -> peers(opened).get(0).idle().toMillis() > 50);
            first.send(random(1)).read(1);
            Peer now = peers(opened).get(0);
            assertThat(now.idle()).isLessThan(peers(opened).get(1).idle());
            assertThat(now.receivedBytes()).isEqualTo(1_001);
            first.close();
            assertThat(awaitPeers(opened, 1)).extracting(Peer::remote).containsExactly(second.local());
        }
        awaitPeers(opened, 0);
    }

    @OnEveryWire
    void aConnectionIsListedBeforeItIsAnswered(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        for (int i = 0; i < 300; i++) {
            try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
                client.send(random(1)).read(1);
                assertThat(peers(opened)).extracting(Peer::remote).contains(client.local());
            }
        }
    }

    @OnEveryWire
    void whatAPeerDoesNotReadIsPendingAndNotSent(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null)) {
            client.sendMeanwhile(MUCH, false);
            await().untilAsserted(() -> {
                Peer peer = awaitPeers(opened, 1).get(0);
                assertThat(peer.pendingBytes()).isPositive();
                assertThat(peer.sentBytes()).isPositive();
                assertThat(peer.sentBytes() + peer.pendingBytes()).isEqualTo(peer.receivedBytes());
            });
            Peer last = close(opened, awaitPeers(opened, 1).get(0).id(), CloseMode.RESET)
                    .orElseThrow();
            assertThat(last.pendingBytes()).isZero();
            assertThat(last.sentBytes()).isPositive().isLessThan(last.receivedBytes());
        }
    }

    @OnEveryWire
    void pagesNeitherMissNorRepeatPeersWhileOthersComeAndGo(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        List<TcpClient> staying = new ArrayList<>();
        List<TcpClient> leaving = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            (i % 3 == 0 ? leaving : staying)
                    .add(TcpClient.connect(opened.endpoint().address()));
        }
        awaitPeers(opened, 60);
        List<Peer> seen = new ArrayList<>();
        List<Peer> page = opened.peers().after(0, 7);
        while (!page.isEmpty()) {
            seen.addAll(page);
            for (int i = 0; i < 3 && !leaving.isEmpty(); i++) {
                leaving.remove(0).close();
            }
            if (seen.size() < 60) {
                staying.add(TcpClient.connect(opened.endpoint().address()));
            }
            // The last peer of the page may be closed already.
            page = opened.peers().after(page.get(page.size() - 1).id(), 7);
        }
        assertThat(seen).extracting(Peer::id).isSorted().doesNotHaveDuplicates();
        Set<Object> remotes = new HashSet<>(seen.stream().map(Peer::remote).toList());
        assertThat(remotes)
                .containsAll(
                        staying.subList(0, 40).stream().map(TcpClient::local).toList());
        for (TcpClient client : staying) {
            client.close();
        }
    }

    @OnEveryWire
    void finSendsBackWhatHasArrivedBeforeItEndsTheStream(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        byte[] message = random(1_000_000);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 16 * 1024, null)) {
            Thread sender = client.sendMeanwhile(message, false);
            await().until(() -> opened.read().receivedBytes() > 0);
            CompletableFuture<Optional<Peer>> closed =
                    opened.peers().close(awaitPeers(opened, 1).get(0).id(), CloseMode.FIN, DRAIN);
            assertThat(client.readToEnd()).isEqualTo(message);
            sender.join();
            client.close();
            Peer last = closed.join().orElseThrow();
            assertThat(last.remote()).isNotNull();
            assertThat(last.local()).isEqualTo(opened.endpoint().address());
            assertThat(last.receivedBytes()).isEqualTo(message.length);
            assertThat(last.sentBytes()).isEqualTo(message.length);
        }
        // Removed and counted when the future completes, not later.
        assertThat(peers(opened)).isEmpty();
        assertThat(closed(opened)).isEqualTo(1);
    }

    @OnEveryWire
    void finClosesAClientThatContinuesToSend(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null)) {
            Thread sender = client.sendMeanwhile(MUCH, false);
            long id = awaitPeers(opened, 1).get(0).id();
            await().until(() -> peers(opened).get(0).pendingBytes() > 0);
            assertThat(opened.peers()
                            .close(id, CloseMode.FIN, Duration.ofMillis(100))
                            .join())
                    .isPresent();
            sender.join();
        }
        assertThat(closed(opened)).isEqualTo(1);
    }

    @OnEveryWire
    void resetFailsTheClientsNextCall(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(random(10)).read(10);
            Peer last = close(opened, awaitPeers(opened, 1).get(0).id(), CloseMode.RESET)
                    .orElseThrow();
            assertThat(last.remote()).isEqualTo(client.local());
            assertThat(last.sentBytes()).isEqualTo(10);
            assertThatThrownBy(() -> client.read(1))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(closed(opened)).isEqualTo(1);
    }

    @OnEveryWire
    void resetSendsRstAndFinDoesNot(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (WireFlags flags = WireFlags.of(opened.port());
                TcpClient first = TcpClient.connect(opened.endpoint().address());
                TcpClient second = TcpClient.connect(opened.endpoint().address())) {
            List<Peer> peers = awaitPeers(opened, 2);
            close(opened, peers.get(0).id(), CloseMode.RESET);
            assertThat(flags.nextWith("FR")).contains("R").doesNotContain("F");
            assertThatThrownBy(first::readToEnd).isInstanceOf(SocketException.class);
            close(opened, peers.get(1).id(), CloseMode.FIN);
            assertThat(flags.nextWith("FR")).contains("F").doesNotContain("R");
            assertThat(second.readToEnd()).isEmpty();
        }
    }

    @OnEveryWire
    void anUnknownOrClosedIdClosesNothing(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            long id = awaitPeers(opened, 1).get(0).id();
            assertThat(close(opened, id + 1_000_000, CloseMode.RESET)).isEmpty();
            assertThat(close(endpoints.tcp(wire), id, CloseMode.RESET))
                    .as("of another listener")
                    .isEmpty();
            assertThat(client.send(random(1)).read(1)).hasSize(1);
            assertThat(close(opened, id, CloseMode.FIN)).isPresent();
            assertThat(close(opened, id, CloseMode.FIN)).isEmpty();
        }
        assertThat(closed(opened)).isEqualTo(1);
    }

    @OnEveryWire
    void aDrainingConnectionIsListedAndCanBeReset(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null)) {
            client.sendMeanwhile(MUCH, false);
            long id = awaitPeers(opened, 1).get(0).id();
            await().until(() -> peers(opened).get(0).pendingBytes() > 0);
            CompletableFuture<Void> stopped = opened.endpoint().close(Duration.ofSeconds(30));
            assertThat(awaitPeers(opened, 1).get(0).id()).isEqualTo(id);
            assertThat(close(opened, id, CloseMode.RESET)).isPresent();
            stopped.join();
        }
        assertThat(opened.read().connections().closed()).containsEntry(CloseReason.DRAIN, 1L);
    }

    @OnEveryWire
    void aStopShortensAPendingFin(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null)) {
            client.sendMeanwhile(MUCH, false);
            long id = awaitPeers(opened, 1).get(0).id();
            await().until(() -> peers(opened).get(0).pendingBytes() > 0);
            CompletableFuture<Optional<Peer>> closing = opened.peers().close(id, CloseMode.FIN, Duration.ofSeconds(50));
            long begin = System.nanoTime();
            opened.endpoint().close(Duration.ofMillis(100)).join();
            assertThat(closing.join()).isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
        assertThat(closed(opened)).isEqualTo(1);
    }

    @OnEveryWire
    void aConnectionThatIsClosedManyTimesCloses(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null)) {
            client.sendMeanwhile(MUCH, false);
            long id = awaitPeers(opened, 1).get(0).id();
            await().until(() -> peers(opened).get(0).pendingBytes() > 0);
            for (int i = 0; i < 50_000; i++) {
                opened.peers().close(id, CloseMode.FIN, Duration.ofSeconds(50));
            }
            assertThat(opened.peers()
                            .close(id, CloseMode.FIN, Duration.ofMillis(100))
                            .join())
                    .isPresent();
        }
        assertThat(closed(opened)).isEqualTo(1);
    }

    @OnEveryWire
    void listsSourcesOfDatagramsAnsweredOrNot(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(),
                new EndpointSpec(new ListenAddress(wire.loopback(), 0), 100, List.of(), UdpSettings.defaults()));
        try (DatagramSocket first = new DatagramSocket(0, InetAddress.getByName(wire.loopback()));
                DatagramSocket second = new DatagramSocket(0, InetAddress.getByName(wire.loopback()))) {
            send(first, opened, 10);
            send(second, opened, 101);
            send(first, opened, 20);
            await().untilAsserted(
                            () -> assertThat(opened.read().receivedMessages()).isEqualTo(3));
            List<Peer> peers = awaitPeers(opened, 2);
            await().untilAsserted(() ->
                    assertThat(peers(opened).get(0).receivedBytes()).isEqualTo(30));
            Peer one = peers(opened).get(0);
            assertThat(one.protocol()).isEqualTo(Protocol.UDP);
            assertThat(one.remote()).isEqualTo(first.getLocalSocketAddress());
            assertThat(one.local()).isEqualTo(opened.endpoint().address());
            assertThat(one.receivedMessages()).isEqualTo(2);
            assertThat(one.sentBytes()).isEqualTo(30);
            assertThat(one.pendingBytes()).isZero();
            assertThat(peers.get(1).remote()).isEqualTo(second.getLocalSocketAddress());
            assertThat(peers.get(1).receivedBytes()).isEqualTo(101);
            assertThat(peers.get(1).sentBytes()).isZero();
            assertThat(opened.peers().after(one.id(), ALL))
                    .extracting(Peer::id)
                    .containsExactly(peers.get(1).id());
            assertThat(close(opened, one.id(), CloseMode.RESET))
                    .as("a source is not a connection")
                    .isEmpty();
        }
        opened.endpoint().close(Duration.ZERO).join();
        assertThat(peers(opened)).as("kept after the socket is closed").hasSize(2);
        opened.peers().forgetSources();
        assertThat(peers(opened)).isEmpty();
    }

    private static void send(DatagramSocket client, Opened to, int bytes) throws IOException {
        client.send(new DatagramPacket(new byte[bytes], bytes, to.endpoint().address()));
    }

    private static List<Peer> peers(Opened opened) {
        return opened.peers().after(0, ALL);
    }

    private static List<Peer> awaitPeers(Opened opened, int count) {
        await().untilAsserted(() -> assertThat(peers(opened)).hasSize(count));
        return peers(opened);
    }

    private static Optional<Peer> close(Opened opened, long id, CloseMode mode) {
        return opened.peers().close(id, mode, DRAIN).join();
    }

    private static long closed(Opened opened) {
        return opened.read().connections().closed().getOrDefault(CloseReason.OPERATOR, 0L);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
