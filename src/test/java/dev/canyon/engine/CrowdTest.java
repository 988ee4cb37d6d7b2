package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.tcp.TcpEchoEndpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Many concurrent clients, well-behaved and misbehaving. */
@Timeout(120)
class CrowdTest {

    private static final int BURST = 2_000;
    private static final int NEVER_READERS = 100;
    private static final int MOST_PENDING = 512 * 1024;

    /** More than all buffers on the path can hold. */
    private static final byte[] MUCH = new byte[64 * 1024 * 1024];

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @OnEveryWire
    void servesEachOfTwoThousandClientsThatConnectAtOnce(Wire wire) throws Exception {
        assumeThat(((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getMaxFileDescriptorCount())
                .as("2,000 connections with both their ends take more descriptors than the limit (ulimit -n) allows")
                .isGreaterThan(3L * BURST);
        Opened opened = endpoints.tcp(wire);
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < BURST; i++) {
                clients.add(startConnecting(opened.endpoint().address()));
            }
            for (SocketChannel client : clients) {
                client.configureBlocking(true);
                assertThat(client.finishConnect()).isTrue();
                client.write(ByteBuffer.wrap(new byte[] {7}));
            }
            for (SocketChannel client : clients) {
                client.socket().setSoTimeout(10_000);
                assertThat(client.socket().getInputStream().read()).isEqualTo(7);
            }
            assertThat(opened.read().connections().active()).isEqualTo(BURST);
            assertThat(opened.read().connections().allRejected()).isZero();
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static SocketChannel startConnecting(SocketAddress address) throws IOException {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(address);
        return client;
    }

    @OnEveryWire
    @Execution(ExecutionMode.CONCURRENT)
    void aPeerThatNeverReadsCostsAtMostHalfAMebibyteAndIsClosed(Wire wire) throws Exception {
        closesPeersThatNeverRead(wire, 1);
    }

    @OnEveryWire
    void aHundredPeersThatNeverReadDoNotAffectOthers(Wire wire) throws Exception {
        closesPeersThatNeverRead(wire, NEVER_READERS);
    }

    private void closesPeersThatNeverRead(Wire wire, int count) throws Exception {
        Opened opened = endpoints.tcp(
                wire,
                settings -> TcpSettings.with(
                        Map.of("idleTimeoutMs", 0, "writeStallTimeoutMs", 1_000, "maxConnections", 0)));
        TcpEchoEndpoint endpoint = (TcpEchoEndpoint) opened.endpoint();
        List<Thread> senders = new ArrayList<>();
        List<TcpClient> clients = new ArrayList<>();
        long mostPending = 0;
        try (TcpClient other = TcpClient.connect(endpoint.address())) {
            for (int i = 0; i < count; i++) {
                TcpClient client = TcpClient.connect(endpoint.address(), 4 * 1024, null);
                clients.add(client);
                senders.add(client.sendMeanwhile(MUCH, false));
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (closed(opened) < count && System.nanoTime() < deadline) {
                mostPending = Math.max(mostPending, endpoint.pendingBytes());
                assertThat(other.send(new byte[] {1, 2, 3}).read(3)).containsExactly(1, 2, 3);
            }
        }
        assertThat(closed(opened)).isEqualTo(count);
        assertThat(mostPending).isPositive().isLessThanOrEqualTo((long) count * MOST_PENDING);
        for (Thread sender : senders) {
            sender.join();
        }
        for (TcpClient client : clients) {
            client.close();
        }
    }

    private static long closed(Opened opened) {
        return opened.read().connections().closed().getOrDefault(CloseReason.WRITE_STALL, 0L);
    }
}
