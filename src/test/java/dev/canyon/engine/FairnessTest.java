package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.Endpoints.Opened;
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
 * An occasional request is answered soon although other clients send as fast as they can. The latency depends on the machine, so
 * the test limits the bytes served to the others meanwhile, and only prints the latency.
 */
@Timeout(60)
class FairnessTest {

    private static final int REQUESTS = Integer.getInteger("canyon.fairness.questions", 50);
    private static final long PAUSE_MILLIS = 10;

    /** Several dozen iterations of an event loop, to allow for a loaded machine; each reads at most 64 KiB from one client. */
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

    /** Uses two connections, so that with two event loops one of them shares the loop of a flooding client. */
    private void ask(Wire wire, Opened quiet, Opened flooded) throws Exception {
        awaitFlood(flooded);
        List<Long> took = new ArrayList<>();
        List<Long> overtaken = new ArrayList<>();
        try (TcpClient one = TcpClient.connect(quiet.endpoint().address());
                TcpClient other = TcpClient.connect(quiet.endpoint().address())) {
            for (int i = 0; i < REQUESTS; i++) {
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
        long typical = overtaken.get(REQUESTS / 2);
        System.out.println("Fairness on " + wire + ": median " + micros(took, 50) + " us, p99 " + micros(took, 99)
                + " us; bytes for others meanwhile: median " + typical);
        assertThat(typical).isLessThan(A_FEW_TURNS);
        assertThat(TimeUnit.MICROSECONDS.toSeconds(micros(took, 99))).isLessThan(5);
    }

    private static long micros(List<Long> sortedNanos, int percentile) {
        return TimeUnit.NANOSECONDS.toMicros(sortedNanos.get((REQUESTS - 1) * percentile / 100));
    }

    private static void awaitFlood(Opened opened) throws InterruptedException {
        while (opened.read().receivedBytes() < 1_000_000) {
            Thread.sleep(1);
        }
    }

    /** Sends and reads as fast as it can, so that back-pressure never stops it. */
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

    private interface IoAction {
        void once() throws IOException;
    }

    private static void untilClosed(IoAction deed) {
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
