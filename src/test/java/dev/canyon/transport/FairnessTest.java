package dev.canyon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.transport.Endpoints.Opened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * A client that asks now and then is answered soon though others send as fast as they can. How soon in milliseconds is a
 * matter of the machine, so the test asks how much the others got in between; the times are printed.
 */
@Timeout(60)
class FairnessTest {

    private static final int QUESTIONS = Integer.getInteger("canyon.fairness.questions", 50);
    private static final long PAUSE_MILLIS = 10;

    /** Some dozens of turns of a loop, as a machine with other work needs: each gives one client a read of at most 64 KiB. */
    private static final long A_FEW_TURNS = 4 * 1024 * 1024;

    private final Endpoints endpoints = new Endpoints();
    private final List<AutoCloseable> flooders = new ArrayList<>();

    @AfterEach
    void closeEndpoints() throws Exception {
        for (AutoCloseable flooder : flooders) {
            flooder.close();
        }
        endpoints.close();
    }

    @OnEveryWire
    void aQuietClientIsAnsweredBesideTwoThatFloodOnTcp(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        floodTcp(opened);
        floodTcp(opened);
        ask(wire, opened, opened);
    }

    @OnEveryWire
    void aQuietClientIsAnsweredBesideTwoThatFloodOnUdp(Wire wire) throws Exception {
        Opened one = endpoints.udp(wire);
        Opened other = endpoints.udp(wire);
        floodUdp(wire, one);
        floodUdp(wire, other);
        ask(wire, endpoints.tcp(wire), one);
    }

    /** Asks over two connections, of which one is on the same event loop as a flooder wherever there are two loops. */
    private void ask(Wire wire, Opened quiet, Opened flooded) throws Exception {
        awaitFlood(flooded);
        List<Long> took = new ArrayList<>();
        List<Long> overtaken = new ArrayList<>();
        try (TcpClient one = TcpClient.connect(quiet.endpoint().address());
                TcpClient other = TcpClient.connect(quiet.endpoint().address())) {
            for (int i = 0; i < QUESTIONS; i++) {
                TcpClient client = i % 2 == 0 ? one : other;
                Thread.sleep(PAUSE_MILLIS);
                long before = flooded.read().receivedBytes();
                long start = System.nanoTime();
                assertThat(client.send(new byte[] {7}).read(1)).containsExactly(7);
                took.add(System.nanoTime() - start);
                overtaken.add(flooded.read().receivedBytes() - before);
            }
        }
        took.sort(null);
        overtaken.sort(null);
        long typical = overtaken.get(QUESTIONS / 2);
        System.out.println("Fairness on " + wire + ": median " + micros(took, 50) + " us, p99 " + micros(took, 99)
                + " us; bytes for others meanwhile: median " + typical);
        assertThat(typical).isLessThan(A_FEW_TURNS);
        assertThat(TimeUnit.MICROSECONDS.toSeconds(micros(took, 99))).isLessThan(5);
    }

    private static long micros(List<Long> sortedNanos, int percentile) {
        return TimeUnit.NANOSECONDS.toMicros(sortedNanos.get((QUESTIONS - 1) * percentile / 100));
    }

    private static void awaitFlood(Opened opened) throws InterruptedException {
        while (opened.read().receivedBytes() < 1_000_000) {
            Thread.sleep(1);
        }
    }

    /** Sends and reads as fast as it can, so that it is never stopped for not reading. */
    private void floodTcp(Opened opened) throws IOException {
        TcpClient client = TcpClient.connect(opened.endpoint().address());
        flooders.add(client);
        byte[] much = new byte[256 * 1024];
        untilClosed(() -> client.send(much));
        untilClosed(() -> client.read(much.length));
    }

    private void floodUdp(Wire wire, Opened opened) throws IOException {
        DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(wire.loopback()));
        flooders.add(client);
        DatagramPacket packet =
                new DatagramPacket(new byte[1_000], 1_000, opened.endpoint().address());
        untilClosed(() -> client.send(packet));
    }

    private interface Deed {
        void once() throws IOException;
    }

    private static void untilClosed(Deed deed) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    deed.once();
                }
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        });
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((same, closed) -> {});
        thread.start();
    }
}
