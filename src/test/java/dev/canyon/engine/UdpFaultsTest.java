package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.traffic.EndpointCounters;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class UdpFaultsTest {

    private static final int SIZE = 20;

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    /** A client that numbers its datagrams from 1 in the first four bytes. */
    private static final class Client implements AutoCloseable {

        private final DatagramSocket socket;
        private final Opened opened;
        private int sent;

        Client(Wire wire, Opened opened) throws IOException {
            this.socket = new DatagramSocket(0, InetAddress.getByName(wire.loopback()));
            this.socket.setReceiveBufferSize(4 * 1024 * 1024);
            this.opened = opened;
        }

        Client send(int datagrams) throws IOException {
            for (int i = 0; i < datagrams; i++) {
                byte[] message = message(++sent);
                socket.send(new DatagramPacket(
                        message, message.length, opened.endpoint().address()));
                if (sent % 50 == 0) {
                    awaitReceived(sent);
                }
            }
            return this;
        }

        /** So that no buffer overflows. */
        void awaitReceived(int datagrams) {
            await().until(() -> opened.read().receivedMessages() >= datagrams);
        }

        static byte[] message(int number) {
            return ByteBuffer.allocate(SIZE).putInt(number).array();
        }

        byte @Nullable [] receive(int timeoutMillis) throws IOException {
            socket.setSoTimeout(timeoutMillis);
            DatagramPacket reply = new DatagramPacket(new byte[100], 100);
            try {
                socket.receive(reply);
            } catch (SocketTimeoutException ex) {
                return null;
            }
            return java.util.Arrays.copyOf(reply.getData(), reply.getLength());
        }

        int receiveNumber() throws IOException {
            byte[] reply = receive(5_000);
            assertThat(reply).isNotNull();
            return ByteBuffer.wrap(reply).getInt();
        }

        /** All replies, once everything sent is accounted for. */
        List<byte[]> receiveAll() throws IOException {
            await().until(() -> {
                var reading = opened.read();
                long dropped = reading.dropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                return reading.receivedMessages() == sent
                        && sent == reading.sentMessages() - reading.addedMessages() + dropped;
            });
            List<byte[]> replies = new ArrayList<>();
            for (byte[] reply = receive(200); reply != null; reply = receive(50)) {
                replies.add(reply);
            }
            return replies;
        }

        List<Integer> receiveAllNumbers() throws IOException {
            return receiveAll().stream()
                    .map(reply -> ByteBuffer.wrap(reply).getInt())
                    .toList();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @OnEveryWire
    void latencyDelaysEachDatagramByItsOwnDelay(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        ActiveFault fault = Faults.add(opened.faults(), "latency", "delayMs", 200);
        try (Client client = new Client(wire, opened)) {
            long start = System.nanoTime();
            client.send(50);
            for (int i = 1; i <= 50; i++) {
                assertThat(client.receiveNumber()).isEqualTo(i);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(199), Duration.ofSeconds(2));
        }
        assertThat(fault.appliedCount()).isEqualTo(50);
    }

    @OnEveryWire
    void latencyTakenAwaySendsWhatIsHeldInOrder(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        Faults.add(opened.faults(), "latency", "delayMs", 60_000);
        try (Client client = new Client(wire, opened)) {
            client.send(20).awaitReceived(20);
            opened.faults().remove("latency");
            for (int i = 1; i <= 20; i++) {
                assertThat(client.receiveNumber()).isEqualTo(i);
            }
        }
    }

    @OnEveryWire
    void dropTakesTheSameDatagramsForTheSameSeed(Wire wire) throws IOException {
        List<Integer> first = survivors(wire);
        assertThat(survivors(wire)).isEqualTo(first);
        // 99.9 % interval of 1000 draws with probability 0.3
        assertThat(1000 - first.size()).isCloseTo(300, within(48));
    }

    private List<Integer> survivors(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        ActiveFault fault = Faults.add(opened.faults(), "drop", "when", Map.of("probability", 0.3), "seed", 7);
        try (Client client = new Client(wire, opened)) {
            List<Integer> numbers = client.send(1000).receiveAllNumbers();
            assertThat(opened.read().dropped().get(DropReason.FAULT)).isEqualTo(1000 - numbers.size());
            assertThat(fault.appliedCount()).isEqualTo(1000 - numbers.size());
            return numbers;
        }
    }

    @OnEveryWire
    void everyFirstAndAfterCountWithinTheirScope(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        Faults.add(opened.faults(), "drop", "id", "first", "when", Map.of("first", 2));
        Faults.add(opened.faults(), "drop", "id", "after", "when", Map.of("after", 6), "per", "listener");
        try (Client one = new Client(wire, opened);
                Client other = new Client(wire, opened)) {
            assertThat(one.send(5).receiveNumber()).isEqualTo(3);
            other.send(5);
            // Of its own five, the first two; of the six others that reach the second fault, the last six minus three.
            assertThat(other.receiveNumber()).isEqualTo(3);
        }
    }

    @OnEveryWire
    void burstLossFollowsItsModel(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        Faults.add(opened.faults(), "burst-loss", "enterProbability", 1.0, "exitProbability", 1.0);
        try (Client client = new Client(wire, opened)) {
            // The loss is decided before the transition: good, bad, good, bad ...
            assertThat(client.send(10).receiveAllNumbers()).containsExactly(1, 3, 5, 7, 9);
        }
    }

    @OnEveryWire
    void duplicateSendsCopies(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        ActiveFault fault = Faults.add(opened.faults(), "duplicate", "copies", 2, "when", Map.of("every", 2));
        try (Client client = new Client(wire, opened)) {
            assertThat(client.send(4).receiveAllNumbers()).containsExactly(1, 2, 2, 2, 3, 4, 4, 4);
        }
        assertThat(fault.appliedCount()).isEqualTo(2);
        assertThat(opened.read().addedMessages()).isEqualTo(4);
        assertThat(opened.read().addedBytes()).isEqualTo(4 * SIZE);
    }

    /** Four of them would otherwise send a hundred million replies to one datagram, and nothing else meanwhile. */
    @OnEveryWire
    void theCopiesOfADatagramAreBoundedHoweverManyFaultsMultiplyThem(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        for (int i = 0; i < 4; i++) {
            Faults.add(opened.faults(), "duplicate", "id", "copies-" + i, "copies", 100);
        }
        try (Client client = new Client(wire, opened)) {
            client.send(1);
            await().untilAsserted(
                            () -> assertThat(opened.read().addedMessages()).isEqualTo(1_000));
            opened.faults().removeTemporary();
            client.receiveAllNumbers();
            assertThat(client.send(1).receiveNumber()).isEqualTo(2);
        }
        await().untilAsserted(() -> {
            EndpointCounters.Reading reading = opened.read();
            long queueFull = Objects.requireNonNull(reading.dropped().get(DropReason.QUEUE_FULL));
            assertThat(reading.sentMessages() + queueFull).isEqualTo(reading.receivedMessages() + 1_000);
        });
    }

    @OnEveryWire
    void duplicateSendsLateCopies(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        Faults.add(opened.faults(), "duplicate", "gapMs", 800);
        try (Client client = new Client(wire, opened)) {
            assertThat(client.send(3).receiveNumber()).isEqualTo(1);
            assertThat(List.of(client.receiveNumber(), client.receiveNumber())).containsExactly(2, 3);
            assertThat(List.of(client.receiveNumber(), client.receiveNumber(), client.receiveNumber()))
                    .containsExactly(1, 2, 3);
        }
    }

    @OnEveryWire
    void reorderLetsExactlySoManyOvertake(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        ActiveFault fault = Faults.add(opened.faults(), "reorder", "byDatagrams", 2, "when", Map.of("every", 4));
        try (Client client = new Client(wire, opened)) {
            assertThat(client.send(9).receiveAllNumbers()).containsExactly(1, 2, 3, 5, 6, 4, 7, 9, 8);
        }
        assertThat(fault.appliedCount()).isEqualTo(2);
    }

    @OnEveryWire
    void reorderSendsWhatNobodyOvertakesAndDoesNotCountIt(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        ActiveFault fault = Faults.add(opened.faults(), "reorder", "byDatagrams", 2, "maxHoldMs", 100);
        try (Client client = new Client(wire, opened)) {
            assertThat(client.send(1).receiveNumber()).isEqualTo(1);
        }
        assertThat(fault.appliedCount()).isZero();
    }

    @OnEveryWire
    void truncateCutsReplies(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        Faults.add(opened.faults(), "truncate", "bytes", 4);
        try (Client client = new Client(wire, opened)) {
            assertThat(client.send(1).receive(5_000)).containsExactly(0, 0, 0, 1);
        }
        await().until(() -> opened.read().sentBytes() == 4);
        assertThat(opened.read().discardedBytes()).isEqualTo(SIZE - 4);
    }

    @OnEveryWire
    void corruptFlipsExactlySoManyBits(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        ActiveFault fault = Faults.add(opened.faults(), "corrupt", "bits", 5, "when", Map.of("every", 2));
        try (Client client = new Client(wire, opened)) {
            List<byte[]> replies = client.send(4).receiveAll();
            assertThat(replies).hasSize(4);
            for (int i = 0; i < 4; i++) {
                byte[] message = Client.message(i + 1);
                int flipped = 0;
                for (int at = 0; at < SIZE; at++) {
                    flipped += Integer.bitCount((message[at] ^ replies.get(i)[at]) & 0xff);
                }
                assertThat(flipped).isEqualTo(i % 2 == 1 ? 5 : 0);
            }
        }
        assertThat(fault.appliedCount()).isEqualTo(2);
    }

    @OnEveryWire
    void bandwidthDelaysAndThenDrops(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        Faults.add(
                opened.faults(), "bandwidth", "bytesPerSecond", 20 * SIZE, "burstBytes", SIZE, "queueBytes", 10 * SIZE);
        try (Client client = new Client(wire, opened)) {
            long start = System.nanoTime();
            client.send(30);
            for (int i = 1; i <= 11; i++) {
                assertThat(client.receiveNumber()).isEqualTo(i);
            }
            assertThat(System.nanoTime() - start).isGreaterThan(499_000_000L);
            assertThat(opened.read().dropped().get(DropReason.QUEUE_FULL)).isEqualTo(19);
        }
    }

    @OnEveryWire
    void faultsWorkTogetherAndTheAccountIsExact(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        Faults.add(opened.faults(), "drop", "direction", "in", "when", Map.of("probability", 0.2), "seed", 1);
        ActiveFault copies = Faults.add(opened.faults(), "duplicate", "when", Map.of("probability", 0.2), "seed", 2);
        Faults.add(opened.faults(), "latency", "delayMs", 20, "jitterMs", 20, "seed", 3);
        ActiveFault late =
                Faults.add(opened.faults(), "drop", "id", "late", "when", Map.of("probability", 0.1), "seed", 4);
        try (Client client = new Client(wire, opened)) {
            List<Integer> numbers = client.send(1000).receiveAllNumbers();
            Map<Integer, Integer> counts = new HashMap<>();
            numbers.forEach(number -> counts.merge(number, 1, Integer::sum));
            assertThat(Collections.max(counts.values())).isLessThanOrEqualTo(2);
            var reading = opened.read();
            assertThat(reading.addedMessages()).isEqualTo(copies.appliedCount());
            assertThat(numbers.size()).isEqualTo((int) (1000
                    + copies.appliedCount()
                    - Objects.requireNonNull(reading.dropped().get(DropReason.FAULT))));
            assertThat(late.appliedCount()).isPositive();
        }
    }
}
