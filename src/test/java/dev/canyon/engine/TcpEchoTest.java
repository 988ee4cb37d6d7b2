package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.tcp.TcpEchoEndpoint;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class TcpEchoTest {

    /** More than all buffers on the path can hold. */
    private static final byte[] MUCH = new byte[64 * 1024 * 1024];

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @OnEveryWire
    void returnsExactlyWhatWasSent(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        byte[] message = random(100_000);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            assertThat(client.send(message).read(message.length)).isEqualTo(message);
        }
        awaitClosed(opened, CloseReason.CLIENT, 1);
        assertThat(opened.read().receivedBytes()).isEqualTo(message.length);
        assertThat(opened.read().sentBytes()).isEqualTo(message.length);
    }

    @OnEveryWire
    void returnsEverythingToAClientThatShutsDownItsSendingSideAndReadsLate(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        byte[] message = random(5_000_000);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 16 * 1024, null)) {
            Thread sender = client.sendMeanwhile(message, true);
            assertThat(client.readSlowly(20, 25)).isEqualTo(message);
            sender.join();
        }
        awaitClosed(opened, CloseReason.CLIENT, 1);
    }

    @OnEveryWire
    void finAloneIsAnsweredWithFin(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            assertThat(client.shutdown().readToEnd()).isEmpty();
        }
        awaitClosed(opened, CloseReason.PROBE, 1);
    }

    @OnEveryWire
    void aPeerThatNeverReadsCostsAtMostHalfAMebibyte(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        List<Thread> senders = new ArrayList<>();
        List<TcpClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            TcpClient client = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null);
            clients.add(client);
            senders.add(client.sendMeanwhile(MUCH, false));
        }
        TcpEchoEndpoint endpoint = (TcpEchoEndpoint) opened.endpoint();
        await().untilAsserted(() -> assertThat(endpoint.pendingBytes()).isPositive());
        awaitStandstill(opened);
        assertThat(endpoint.pendingBytes()).isPositive().isLessThanOrEqualTo(5 * 512 * 1024);
        // Other clients are still served.
        try (TcpClient other = TcpClient.connect(opened.endpoint().address())) {
            assertThat(other.send(new byte[] {1, 2, 3}).read(3)).containsExactly(1, 2, 3);
        }
        for (TcpClient client : clients) {
            client.reset();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().active()).isZero());
    }

    @OnEveryWire
    void aResetClosesOnlyThatConnection(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        for (int i = 0; i < 20; i++) {
            TcpClient client = TcpClient.connect(opened.endpoint().address());
            client.send(random(50_000));
            if (i % 2 == 0) {
                client.shutdown();
            }
            client.reset();
        }
        await().untilAsserted(() -> {
            assertThat(opened.read().connections().active()).isZero();
            assertThat(opened.read().connections().total()).isEqualTo(20);
        });
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            assertThat(client.send(new byte[] {7}).read(1)).containsExactly(7);
        }
    }

    @OnEveryWire
    void readsNoMoreAtOnceThanTheBufferHolds(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(),
                new EndpointSpec(new ListenAddress(wire.loopback(), 0), 30, List.of(), TcpSettings.defaults()));
        byte[] message = random(3_000);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            assertThat(client.send(message).read(message.length)).isEqualTo(message);
        }
        awaitClosed(opened, CloseReason.CLIENT, 1);
        assertThat(opened.read().receivedMessages()).isGreaterThanOrEqualTo(100);
    }

    @OnEveryWire
    void failsOnAPortInUseAndOpensItOnceItIsFree(Wire wire) {
        Opened first = endpoints.tcp(wire);
        EndpointSpec same = Endpoints.spec(wire.loopback(), first.port(), TcpSettings.defaults());
        assertThatThrownBy(() -> endpoints.open(wire.kind(), same))
                .isInstanceOfSatisfying(
                        BindFailedException.class,
                        ex -> assertThat(ex.failure()).isEqualTo(BindFailure.PORT_IN_USE));
        first.endpoint().close(Duration.ZERO).join();
        assertThat(endpoints.open(wire.kind(), same).port()).isEqualTo(first.port());
    }

    @OnEveryWire
    void failsOnAnAddressOfAnotherHost(Wire wire) {
        String foreign = wire.isIpv6() ? "2001:db8::1" : "203.0.113.1";
        assertThatThrownBy(() -> endpoints.open(wire.kind(), Endpoints.spec(foreign, 0, TcpSettings.defaults())))
                .isInstanceOfSatisfying(
                        BindFailedException.class,
                        ex -> assertThat(ex.failure()).isEqualTo(BindFailure.ADDRESS_UNAVAILABLE))
                .hasMessageContaining("not an address of this host");
    }

    @OnEveryWire
    void aWildcardServesOneFamilyOnly(Wire wire) throws IOException {
        Opened opened = endpoints.open(wire.kind(), Endpoints.spec(wire.wildcard(), 0, TcpSettings.defaults()));
        assertThat(opened.endpoint().address().getAddress().isAnyLocalAddress()).isTrue();
        try (TcpClient client = TcpClient.connect(new InetSocketAddress(wire.loopback(), opened.port()))) {
            assertThat(client.send(new byte[] {1}).read(1)).containsExactly(1);
        }
        String otherFamily = wire.isIpv6() ? "127.0.0.1" : "::1";
        assertThatThrownBy(() -> {
                    try (TcpClient client = TcpClient.connect(new InetSocketAddress(otherFamily, opened.port()))) {
                        client.send(new byte[] {1}).read(1);
                    }
                })
                .isInstanceOfAny(ConnectException.class, SocketException.class, java.io.EOFException.class);
        assertThat(opened.read().connections().total()).isEqualTo(1);
    }

    @OnEveryWire
    void rejectsClientsOverTheLimitOrNotAllowed(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire, settings -> TcpSettings.with(Map.of("maxConnections", 2)));
        InetSocketAddress address = opened.endpoint().address();
        try (TcpClient one = TcpClient.connect(address);
                TcpClient two = TcpClient.connect(address)) {
            assertThat(one.send(new byte[] {1}).read(1)).containsExactly(1);
            assertThat(two.send(new byte[] {2}).read(1)).containsExactly(2);
            try (TcpClient three = TcpClient.connect(address)) {
                assertThat(three.readToEnd()).isEmpty();
            }
            opened.endpoint()
                    .apply(new EndpointSpec(
                            new ListenAddress(wire.loopback(), 0),
                            EndpointSpec.DEFAULT_BUFFER_BYTES,
                            List.of(Cidr.parse(wire.isIpv6() ? "fd00::/8" : "10.0.0.0/8")),
                            TcpSettings.defaults()));
            try (TcpClient four = TcpClient.connect(address)) {
                assertThat(four.readToEnd()).isEmpty();
            }
            // A change of limits closes no connection.
            assertThat(one.send(new byte[] {1}).read(1)).containsExactly(1);
        }
        awaitClosed(opened, CloseReason.CLIENT, 2);
        assertThat(opened.read().connections().allRejected()).isEqualTo(2);
        assertThat(opened.read().connections().rejected()).containsEntry(RejectReason.NOT_ALLOWED, 1L);
        assertThat(opened.read().connections().peak()).isEqualTo(2);
    }

    @OnEveryWire
    void limitsTheConnectionsOfOneSource(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(
                wire, settings -> TcpSettings.with(Map.of("maxConnections", 0, "maxConnectionsPerSource", 1)));
        InetSocketAddress address = opened.endpoint().address();
        try (TcpClient one = TcpClient.connect(address)) {
            assertThat(one.send(new byte[] {1}).read(1)).containsExactly(1);
            try (TcpClient second = TcpClient.connect(address)) {
                assertThat(second.readToEnd()).isEmpty();
            }
            if (!wire.isIpv6()) {
                try (TcpClient other = TcpClient.connect(address, 0, "127.0.0.2")) {
                    assertThat(other.send(new byte[] {2}).read(1)).containsExactly(2);
                }
            }
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().active()).isZero());
        try (TcpClient again = TcpClient.connect(address)) {
            assertThat(again.send(new byte[] {3}).read(1)).containsExactly(3);
        }
    }

    @OnEveryWire
    void closesAnIdleConnectionButNotABusyOne(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(
                wire,
                settings -> TcpSettings.with(
                        Map.of("idleTimeoutMs", 2_000, "writeStallTimeoutMs", 0, "maxConnections", 0)));
        try (TcpClient idle = TcpClient.connect(opened.endpoint().address());
                TcpClient busy = TcpClient.connect(opened.endpoint().address())) {
            for (int i = 0; i < 30; i++) {
                assertThat(busy.send(new byte[] {1}).read(1)).containsExactly(1);
                Thread.sleep(100);
            }
            assertThat(idle.readToEnd()).isEmpty();
            assertThat(busy.send(new byte[] {1}).read(1)).containsExactly(1);
        }
        awaitClosed(opened, CloseReason.IDLE, 1);
    }

    @OnEveryWire
    void aChangeOfOtherSettingsDoesNotRestartTheIdleTimeout(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire, settings -> TcpSettings.with(Map.of("idleTimeoutMs", 500)));
        try (TcpClient idle = TcpClient.connect(opened.endpoint().address())) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            for (int i = 1; opened.read().connections().closed().getOrDefault(CloseReason.IDLE, 0L) == 0; i++) {
                assertThat(System.nanoTime())
                        .as("closed although the limit changes all the time")
                        .isLessThan(deadline);
                opened.endpoint()
                        .apply(Endpoints.spec(
                                wire.loopback(),
                                0,
                                TcpSettings.with(Map.of("idleTimeoutMs", 500, "maxConnections", 10 + i % 10))));
                Thread.sleep(50);
            }
            assertThat(idle.readToEnd()).isEmpty();
        }
    }

    @OnEveryWire
    void closesAPeerThatReadsNothingButNotASlowOne(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(
                wire,
                settings -> TcpSettings.with(
                        Map.of("idleTimeoutMs", 0, "writeStallTimeoutMs", 2_000, "maxConnections", 0)));
        byte[] message = random(16 * 1024 * 1024);
        try (TcpClient stalled = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null);
                TcpClient slow = TcpClient.connect(opened.endpoint().address(), 64 * 1024, null)) {
            Thread stalledSender = stalled.sendMeanwhile(message, false);
            Thread slowSender = slow.sendMeanwhile(message, true);
            assertThat(slow.readSlowly(60, 50)).isEqualTo(message);
            awaitClosed(opened, CloseReason.WRITE_STALL, 1);
            slowSender.join();
            stalledSender.join();
        }
        awaitClosed(opened, CloseReason.CLIENT, 1);
    }

    @OnEveryWire
    void stoppingRefusesNewClientsAndReturnsWhatHasArrived(Wire wire) throws Exception {
        Opened opened = endpoints.tcpToBeClosed(wire);
        InetSocketAddress address = opened.endpoint().address();
        byte[] message = random(16 * 1024 * 1024);
        try (TcpClient busy = TcpClient.connect(address, 16 * 1024, null);
                TcpClient idle = TcpClient.connect(address)) {
            assertThat(idle.send(new byte[] {1}).read(1)).containsExactly(1);
            busy.sendMeanwhile(message, false);
            long arrived = awaitStandstill(opened);
            var closed = opened.endpoint().close(Duration.ofSeconds(8));
            TcpClient.awaitRefused(address);
            assertThat(idle.readToEnd()).isEmpty();
            byte[] answer = busy.readToEnd();
            assertThat(answer.length).isGreaterThanOrEqualTo((int) arrived - 1);
            assertThat(answer).isEqualTo(java.util.Arrays.copyOf(message, answer.length));
            busy.close();
            closed.get(10, java.util.concurrent.TimeUnit.SECONDS);
        }
        assertThat(opened.read().connections().closed())
                .containsAllEntriesOf(Map.of(CloseReason.DRAIN, 2L, CloseReason.ERROR, 0L));
    }

    /** Data that the listener has not read yet is in the kernel, which would discard it if the socket were closed. */
    @OnEveryWire
    void stoppingReturnsWhatHasArrivedToAClientThatReadsLateAndSendsMore(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        TcpEchoEndpoint endpoint = (TcpEchoEndpoint) opened.endpoint();
        try (TcpClient client = TcpClient.connect(endpoint.address(), 4 * 1024, null)) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            while (endpoint.pendingBytes() == 0) {
                byte[] more = random(64 * 1024);
                client.send(more);
                sent.write(more);
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> opened.read().receivedBytes() == sent.size());
            }
            endpoint.close(Duration.ofSeconds(30));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            while (endpoint.pendingBytes() > 0) {
                answer.write(client.read(1024));
            }
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            client.send(new byte[] {1});
            answer.write(client.readToEnd());
            assertThat(answer.toByteArray()).isEqualTo(sent.toByteArray());
        }
        awaitClosed(opened, CloseReason.DRAIN, 1);
    }

    @OnEveryWire
    void aSecondCloseWithoutADrainClosesImmediately(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient busy = TcpClient.connect(opened.endpoint().address(), 16 * 1024, null)) {
            busy.sendMeanwhile(random(64 * 1024 * 1024), false);
            awaitStandstill(opened);
            CompletableFuture<Void> draining = opened.endpoint().close(Duration.ofMinutes(5));
            assertThat(draining).isNotDone();
            opened.endpoint().close(Duration.ZERO).get(5, TimeUnit.SECONDS);
            assertThat(draining).isCompleted();
        }
        awaitClosed(opened, CloseReason.DRAIN, 1);
    }

    /** Waits until the buffers on the path are full. @return the bytes received so far */
    private static long awaitStandstill(Opened opened) {
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300)).until(() -> {
            long now = opened.read().receivedBytes();
            return now > 1_000 && before.getAndSet(now) == now;
        });
        return before.get();
    }

    @OnEveryWire
    void aPeerThatNeverReadsDoesNotDelayTheStop(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient stuck = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null)) {
            Thread sender = stuck.sendMeanwhile(MUCH, false);
            await().untilAsserted(
                            () -> assertThat(opened.read().receivedBytes()).isPositive());
            opened.endpoint().close(Duration.ofMillis(500)).get(5, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(opened.read().connections().active()).isZero();
            sender.join();
        }
    }

    @OnEveryWire
    void closingTwiceChangesNothing(Wire wire) {
        Opened opened = endpoints.tcp(wire);
        opened.endpoint().close(Duration.ZERO).join();
        opened.endpoint().close(Duration.ofSeconds(5)).join();
        assertThat(opened.read().connections().active()).isZero();
    }

    @OnEveryWire
    void bindsTheSamePortAgainImmediatelyAfterServingClients(Wire wire) throws IOException {
        Opened opened = endpoints.tcpToBeClosed(wire);
        List<TcpClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(TcpClient.connect(opened.endpoint().address()));
            clients.get(i).send(new byte[] {1}).read(1);
        }
        opened.endpoint().close(Duration.ofSeconds(1)).join();
        Opened again = endpoints.openAgain(
                wire.kind(), Endpoints.spec(wire.loopback(), opened.port(), TcpSettings.defaults()));
        assertThat(again.port()).isEqualTo(opened.port());
        for (TcpClient client : clients) {
            client.close();
        }
    }

    @OnEveryWire
    void recordsExpectedPeers(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            ExpectedPeers peers = opened.endpoint().expectedPeers();
            try (java.net.Socket socket = new java.net.Socket();
                    ExpectedPeers.Expected unused = peers.expect(1)) {
                socket.bind(new InetSocketAddress(InetAddress.getByName(wire.loopback()), 0));
                try (ExpectedPeers.Expected expected = peers.expect(socket.getLocalPort())) {
                    socket.connect(opened.endpoint().address());
                    InetSocketAddress local = (InetSocketAddress) socket.getLocalSocketAddress();
                    assertThat(expected.await(local, 5_000)).isEqualTo(local);
                    assertThat(unused.await(local, 0)).isNull();
                }
            }
        }
    }

    @OnEveryWire
    void doesNotShareAPortWithASocketThatAllowsSharing(Wire wire) throws IOException {
        try (java.nio.channels.ServerSocketChannel holder = java.nio.channels.ServerSocketChannel.open()) {
            holder.setOption(java.net.StandardSocketOptions.SO_REUSEPORT, true);
            holder.bind(new InetSocketAddress(InetAddress.getByName(wire.loopback()), 0));
            int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            assertThatThrownBy(() ->
                            endpoints.open(wire.kind(), Endpoints.spec(wire.loopback(), port, TcpSettings.defaults())))
                    .isInstanceOfSatisfying(
                            BindFailedException.class,
                            ex -> assertThat(ex.failure()).isEqualTo(BindFailure.PORT_IN_USE));
        }
    }

    @OnEveryWire
    void doesNotShareItsPort(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (java.nio.channels.ServerSocketChannel intruder = java.nio.channels.ServerSocketChannel.open()) {
            intruder.setOption(java.net.StandardSocketOptions.SO_REUSEADDR, true);
            intruder.setOption(java.net.StandardSocketOptions.SO_REUSEPORT, true);
            assertThatThrownBy(() -> intruder.bind(opened.endpoint().address()))
                    .isInstanceOf(java.net.BindException.class);
        }
    }

    private static void awaitClosed(Opened opened, CloseReason reason, long count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(opened.read().connections().closed()).containsEntry(reason, count));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        return bytes;
    }
}
