package dev.canyon.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.Endpoints;
import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.OnEveryWire;
import dev.canyon.engine.TcpClient;
import dev.canyon.engine.Wire;
import dev.canyon.engine.traffic.EchoLatency.Bucket;
import dev.canyon.engine.traffic.EchoLatency.Reading;
import dev.canyon.net.Protocol;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EchoLatencyTest {

    /** One in 64 is measured; the probability that none of these is measured is 10^-68. */
    private static final int MANY = 10_000;

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @Test
    void aBucketContainsLatenciesUpToItsBound() {
        EchoLatency latency = new EchoLatency();
        List<Bucket> empty = latency.read().buckets();
        assertThat(empty).extracting(Bucket::count).containsOnly(0L);
        assertThat(empty.get(0).upToNanos()).isEqualTo(1_000);
        assertThat(empty.get(20).upToNanos()).isBetween(1_000_000_000L, 2_000_000_000L);
        assertThat(empty.get(21).upToNanos()).isEqualTo(Long.MAX_VALUE);
        for (Bucket bucket : empty.subList(0, 21)) {
            latency.record(bucket.upToNanos());
            latency.record(bucket.upToNanos() + 1);
        }
        List<Long> counts = latency.read().buckets().stream().map(Bucket::count).toList();
        assertThat(counts.get(0)).isEqualTo(1);
        assertThat(counts.subList(1, 21)).containsOnly(2L);
        assertThat(counts.get(21)).isEqualTo(1);
    }

    @Test
    void countsTheExtremesAndSumsAll() {
        EchoLatency latency = new EchoLatency();
        latency.record(0);
        latency.record(1);
        latency.record(TimeUnit.HOURS.toNanos(1));
        Reading reading = latency.read();
        assertThat(reading.buckets().get(0).count()).isEqualTo(2);
        assertThat(reading.buckets().get(21).count()).isEqualTo(1);
        assertThat(reading.sumNanos()).isEqualTo(TimeUnit.HOURS.toNanos(1) + 1);
    }

    @OnEveryWire
    void someReadsOfATcpConnectionAreMeasured(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        EchoLatency latency = Endpoints.transport(wire.kind()).echoLatency(Protocol.TCP);
        Reading before = latency.read();
        long begin = System.nanoTime();
        long echoes = 0;
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            while (count(latency.read()) == count(before) && echoes++ < MANY) {
                client.send(new byte[] {1}).read(1);
            }
        }
        assertTimed(before, latency.read(), System.nanoTime() - begin);
    }

    @OnEveryWire
    void someBatchesOfDatagramsAreMeasured(Wire wire) throws Exception {
        Opened opened = endpoints.udp(wire);
        EchoLatency latency = Endpoints.transport(wire.kind()).echoLatency(Protocol.UDP);
        Reading before = latency.read();
        long begin = System.nanoTime();
        long echoes = 0;
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(wire.loopback()))) {
            client.connect(opened.endpoint().address());
            client.setSoTimeout(10_000);
            while (count(latency.read()) == count(before) && echoes++ < MANY) {
                client.send(new DatagramPacket(new byte[1], 1));
                client.receive(new DatagramPacket(new byte[1], 1));
            }
        }
        assertTimed(before, latency.read(), System.nanoTime() - begin);
    }

    /** Other tests may use the same loops and be counted too; each latency measured during the test is shorter than the test. */
    private static void assertTimed(Reading before, Reading after, long elapsedNanos) {
        long count = count(after) - count(before);
        assertThat(count).isPositive();
        assertThat(after.sumNanos() - before.sumNanos())
                .isPositive()
                .isLessThan(count * (elapsedNanos + TimeUnit.SECONDS.toNanos(1)));
    }

    private static long count(Reading reading) {
        return reading.buckets().stream().mapToLong(Bucket::count).sum();
    }
}
