package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.peer.Peer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class TcpFaultsTest {

    private static final byte[] HELLO = "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    private static TcpClient connect(Opened opened) throws IOException {
        return TcpClient.connect(opened.endpoint().address());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** The only connection, once it is listed. */
    private static Peer only(Opened opened) {
        return await().until(() -> opened.peers().after(0, 10), peers -> peers.size() == 1)
                .get(0);
    }

    @OnEveryWire
    void latencyDelaysEachReplyByItsOwnDelay(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        ActiveFault fault = Faults.add(opened.faults(), "latency", "delayMs", 300);
        try (TcpClient client = connect(opened)) {
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                client.send(HELLO);
            }
            client.read(10 * HELLO.length);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(299), Duration.ofSeconds(2));
        }
        assertThat(fault.appliedCount()).isEqualTo(1);
    }

    @OnEveryWire
    void latencyTakenAwaySendsWhatIsHeldInOrderAndTheFinBehindIt(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "latency", "delayMs", 60_000);
        byte[] message = random(200_000);
        try (TcpClient client = connect(opened)) {
            client.send(message).shutdown();
            await().until(() -> only(opened).pendingBytes() == message.length);
            opened.faults().remove("latency");
            assertThat(client.read(message.length)).isEqualTo(message);
            assertThat(client.readToEnd()).isEmpty();
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed().get(CloseReason.CLIENT))
                                .isEqualTo(1));
    }

    @OnEveryWire
    void jitterKeepsTheOrderOfTheStream(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "latency", "delayMs", 30, "jitterMs", 30, "distribution", "normal", "seed", 7);
        Faults.add(opened.faults(), "latency", "id", "in", "direction", "in", "delayMs", 5, "jitterMs", 5);
        byte[] message = random(300_000);
        try (TcpClient client = connect(opened)) {
            client.sendMeanwhile(message, true);
            assertThat(client.read(message.length)).isEqualTo(message);
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @OnEveryWire
    void latencyHoldsAtMostItsBoundAndLosesNothing(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "latency", "delayMs", 60_000);
        byte[] message = random(16 * 1024 * 1024);
        try (TcpClient client = connect(opened)) {
            client.sendMeanwhile(message, true);
            await().until(() -> only(opened).pausedBy().contains(PauseReason.FAULT));
            assertThat(only(opened).pendingBytes()).isLessThan(6 * 1024 * 1024);
            opened.faults().remove("latency");
            assertThat(client.read(message.length)).isEqualTo(message);
        }
    }

    @OnEveryWire
    void bandwidthLimitsEachConnection(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "bandwidth", "bytesPerSecond", 100_000);
        byte[] message = random(100_000);
        try (TcpClient client = connect(opened)) {
            long start = System.nanoTime();
            client.sendMeanwhile(message, true);
            assertThat(client.read(message.length)).isEqualTo(message);
            assertThat(client.readToEnd()).isEmpty();
            // 1 percent is the burst.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(970), Duration.ofSeconds(4));
        }
    }

    @OnEveryWire
    void sliceCutsRepliesIntoSegments(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "slice", "bytes", 10, "delayMs", 30);
        byte[] message = random(45);
        try (TcpClient client = connect(opened)) {
            client.send(message);
            assertThat(client.read(message.length)).isEqualTo(message);
            await().until(() -> opened.read().sentMessages() == 5);
        }
    }

    @OnEveryWire
    void corruptFlipsTheSameBitsHoweverTheStreamIsCut(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        byte[] message = random(10_000);
        byte[] whole = corrupted(opened, message, 10_000);
        byte[] pieces = corrupted(opened, message, 37);
        assertThat(whole).isEqualTo(pieces);
        for (int block = 0; block < 10; block++) {
            int flipped = 0;
            for (int i = block * 1000; i < (block + 1) * 1000; i++) {
                flipped += Integer.bitCount((message[i] ^ whole[i]) & 0xff);
            }
            assertThat(flipped).as("block %d", block + 1).isEqualTo(block % 2 == 1 ? 3 : 0);
        }
    }

    private static byte[] corrupted(Opened opened, byte[] message, int piece) throws IOException {
        ActiveFault fault = Faults.add(
                opened.faults(), "corrupt", "bits", 3, "everyBytes", 1000, "when", Map.of("every", 2), "seed", 42);
        byte[] received = new byte[0];
        try (TcpClient client = connect(opened)) {
            for (int from = 0; from < message.length; from += piece) {
                byte[] part = Arrays.copyOfRange(message, from, Math.min(message.length, from + piece));
                received = concat(received, client.send(part).read(part.length));
            }
        }
        assertThat(fault.appliedCount()).isEqualTo(5);
        opened.faults().remove("corrupt");
        return received;
    }

    @OnEveryWire
    void limitEndsRepliesAfterExactlySoManyBytes(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        for (String then : List.of("fin", "reset", "silence")) {
            ActiveFault fault = Faults.add(opened.faults(), "limit", "bytes", 100, "then", then);
            byte[] message = random(150);
            try (TcpClient client = connect(opened)) {
                client.send(message);
                assertThat(client.read(100)).isEqualTo(Arrays.copyOf(message, 100));
                switch (then) {
                    case "fin" -> assertThat(client.readToEnd()).isEmpty();
                    case "reset" -> assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketException.class);
                    default -> {
                        client.send(message).shutdown();
                        assertThat(client.readToEnd()).isEmpty();
                    }
                }
            }
            assertThat(fault.appliedCount()).isEqualTo(1);
            opened.faults().remove("limit");
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed().get(CloseReason.FAULT))
                                .isEqualTo(2));
    }

    @OnEveryWire
    void limitEndsTheConnectionBehindWhatLaterFaultsHoldBack(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        for (String then : List.of("fin", "reset")) {
            Faults.add(opened.faults(), "limit", "bytes", 100, "then", then);
            Faults.add(opened.faults(), "latency", "delayMs", 100);
            byte[] message = random(150);
            try (TcpClient client = connect(opened)) {
                client.send(message);
                assertThat(client.read(100)).isEqualTo(Arrays.copyOf(message, 100));
                if (then.equals("fin")) {
                    assertThat(client.readToEnd()).isEmpty();
                } else {
                    assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketException.class);
                }
            }
            opened.faults().removeTemporary();
        }
    }

    @OnEveryWire
    void limitAppliesToWhatEarlierFaultsHoldBackWhenItIsReached(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "slice", "bytes", 10, "delayMs", 2);
        Faults.add(opened.faults(), "latency", "direction", "in", "delayMs", 20, "jitterMs", 20);
        Faults.add(opened.faults(), "limit", "bytes", 100);
        byte[] message = random(5_000);
        try (TcpClient client = connect(opened)) {
            client.send(message);
            assertThat(client.readToEnd()).isEqualTo(Arrays.copyOf(message, 100));
        }
    }

    @OnEveryWire
    void halfCloseSendsFinBehindWhatLaterFaultsHoldBackAndNothingAfterIt(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "latency", "id", "in", "direction", "in", "delayMs", 60_000);
        try (TcpClient client = connect(opened)) {
            client.send(HELLO);
            await().until(() -> only(opened).pendingBytes() == HELLO.length);
            Faults.add(opened.faults(), "half-close", "afterBytes", 3);
            Faults.add(opened.faults(), "latency", "id", "out", "delayMs", 100);
            opened.faults().remove("in");
            Faults.add(opened.faults(), "latency", "id", "in", "direction", "in", "delayMs", 60_000);
            client.send(HELLO);
            assertThat(client.readToEnd()).isEqualTo(Arrays.copyOf(HELLO, 3));
            // What was held before FIN and answered after it is dropped, also without the fault.
            opened.faults().removeTemporary();
            client.send(HELLO);
            await().until(() -> opened.read().discardedBytes() == 3L * HELLO.length - 3);
            assertThat(opened.read().connections().active()).isEqualTo(1);
        }
    }

    @OnEveryWire
    void disconnectEndsConnectionsAtOnceOrLater(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "disconnect", "mode", "reset");
        assertThatThrownBy(() -> {
                    try (TcpClient client = connect(opened)) {
                        client.read(1);
                    }
                })
                .isInstanceOf(SocketException.class);
        opened.faults().remove("disconnect");
        try (TcpClient client = connect(opened)) {
            client.send(HELLO).read(HELLO.length);
            Faults.add(opened.faults(), "disconnect", "afterMs", 300);
            assertThat(client.readToEnd()).isEmpty();
        }
        await().untilAsserted(
                        () -> assertThat(opened.read().connections().closed().get(CloseReason.FAULT))
                                .isEqualTo(2));
    }

    @OnEveryWire
    void firstFailsSoManyConnectionsAndThenWorks(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        ActiveFault fault = Faults.add(opened.faults(), "disconnect", "when", Map.of("first", 3));
        int attempts = 0;
        boolean answered = false;
        while (!answered && attempts < 10) {
            attempts++;
            try (TcpClient client = connect(opened)) {
                client.send(HELLO);
                answered = client.readSome(100).length == HELLO.length;
            } catch (SocketException ex) {
                // RST, because the message arrived at a closed socket.
            }
        }
        assertThat(attempts).isEqualTo(4);
        assertThat(fault.appliedCount()).isEqualTo(3);
    }

    @OnEveryWire
    void halfCloseSendsFinAndGoesOnReading(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "half-close", "afterBytes", 3);
        try (TcpClient client = connect(opened)) {
            client.send(HELLO);
            assertThat(client.readToEnd()).isEqualTo(Arrays.copyOf(HELLO, 3));
            client.send(random(100_000));
            await().until(() -> only(opened).receivedBytes() == 100_005);
            assertThat(opened.read().discardedBytes()).isEqualTo(100_002);
        }
    }

    @OnEveryWire
    void silenceReadsAndNeverAnswers(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "silence");
        try (TcpClient client = connect(opened)) {
            client.send(random(100_000));
            await().until(() -> only(opened).receivedBytes() == 100_000);
            opened.faults().remove("silence");
            assertThat(client.send(HELLO).read(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @OnEveryWire
    void stallFillsTheWindowAndLosesNothing(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "stall");
        byte[] message = random(8 * 1024 * 1024);
        try (TcpClient client = connect(opened)) {
            Thread sender = client.sendMeanwhile(message, true);
            await().until(() -> only(opened).pausedBy().contains(PauseReason.FAULT));
            sender.join(300);
            assertThat(sender.isAlive()).as("still sending").isTrue();
            assertThat(only(opened).sentBytes()).isZero();
            opened.faults().remove("stall");
            assertThat(client.read(message.length)).isEqualTo(message);
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @OnEveryWire
    void ignoreFinAnswersFinLateOrWhenItIsTakenAway(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "ignore-fin", "delayMs", 300);
        try (TcpClient client = connect(opened)) {
            long start = System.nanoTime();
            client.send(HELLO).shutdown();
            assertThat(client.readToEnd()).isEqualTo(HELLO);
            assertThat(System.nanoTime() - start).isGreaterThan(299_000_000L);
        }
        opened.faults().remove("ignore-fin");
        ActiveFault forEver = Faults.add(opened.faults(), "ignore-fin");
        try (TcpClient client = connect(opened)) {
            client.send(HELLO).shutdown();
            client.read(HELLO.length);
            await().until(() -> forEver.appliedCount() == 1);
            opened.faults().remove("ignore-fin");
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @OnEveryWire
    void noAcceptLetsConnectsTimeOutAndHeals(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient before = connect(opened)) {
            before.send(HELLO).read(HELLO.length);
            Faults.add(opened.faults(), "no-accept");
            try (Socket queued = new Socket()) {
                queued.connect(opened.endpoint().address(), 2_000);
                assertThatThrownBy(() -> {
                            try (Socket third = new Socket()) {
                                third.connect(opened.endpoint().address(), 300);
                            }
                        })
                        .isInstanceOf(SocketTimeoutException.class);
                before.send(HELLO).read(HELLO.length);
                opened.faults().remove("no-accept");
                queued.setSoTimeout(5_000);
                queued.getOutputStream().write(HELLO);
                assertThat(queued.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            }
        }
        try (TcpClient after = connect(opened)) {
            after.send(HELLO).read(HELLO.length);
        }
    }

    @OnEveryWire
    void refuseRefusesConnectsKeepsThePortAndHeals(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(),
                Endpoints.spec(wire.loopback(), Endpoints.freePortOutsideTheEphemeralRange(), TcpSettings.defaults()));
        InetSocketAddress address = opened.endpoint().address();
        try (TcpClient before = connect(opened)) {
            before.send(HELLO).read(HELLO.length);
            for (int i = 0; i < 2; i++) {
                Faults.add(opened.faults(), "refuse");
                assertThatThrownBy(() -> connect(opened)).isInstanceOf(ConnectException.class);
                assertThatThrownBy(() -> {
                            try (java.net.ServerSocket other = new java.net.ServerSocket()) {
                                other.setReuseAddress(true);
                                other.bind(address);
                            }
                        })
                        .isInstanceOf(java.net.BindException.class);
                before.send(HELLO).read(HELLO.length);
                opened.faults().remove("refuse");
                try (TcpClient after = connect(opened)) {
                    after.send(HELLO).read(HELLO.length);
                }
            }
            Faults.add(opened.faults(), "refuse");
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @OnEveryWire
    void blocksAreNumberedFromOneAcrossConnections(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        Faults.add(opened.faults(), "corrupt", "everyBytes", 5, "per", "listener", "when", Map.of("every", 3));
        List<Boolean> intact = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (TcpClient client = connect(opened)) {
                for (int block = 0; block < 2; block++) {
                    intact.add(Arrays.equals(client.send(HELLO).read(5), HELLO));
                }
            }
        }
        assertThat(intact).containsExactly(true, true, false, true, true, false);
    }
}
