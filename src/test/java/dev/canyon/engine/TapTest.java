package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.fault.Markable;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.Flow;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.tcp.PipelineNames;
import dev.canyon.engine.traffic.Tap;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class TapTest {

    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int ALL = 1_000;

    private final Endpoints endpoints = new Endpoints();
    private final RecordingTap recorded = new RecordingTap();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @OnEveryWire
    void reportsWhatAConnectionReceivesAndSendsAndHowItIsClosed(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        assertThat(opened.taps().attach(recorded, true)).isTrue();
        byte[] message = random(1_000_000);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.sendMeanwhile(message, true);
            assertThat(client.readToEnd()).isEqualTo(message);
            await().until(() -> recorded.ends.size() == 1);
            assertThat(recorded.received()).isEqualTo(message);
            assertThat(recorded.sent()).isEqualTo(message);
            Flow flow = recorded.flows().get(0);
            assertThat(recorded.flows()).containsOnly(flow);
            assertThat(flow.protocol()).isEqualTo(Protocol.TCP);
            assertThat(flow.local()).isEqualTo(opened.endpoint().address());
            assertThat(flow.remote()).isEqualTo(client.local());
            assertThat(recorded.ends).containsExactly(new End(flow, CloseReason.CLIENT, false));
        }
    }

    @OnEveryWire
    void isAddedToOpenConnectionsAndRemovedFromThem(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(random(10)).read(10);
            await().until(() -> opened.peers().after(0, ALL).size() == 1);
            List<String> before = pipelines(opened);
            opened.taps().attach(recorded, true);
            assertThat(pipelines(opened)).isNotEqualTo(before);
            client.send(ascii("on")).read(2);
            assertThat(recorded.received()).asString().isEqualTo("on");
            await().untilAsserted(() -> assertThat(recorded.sent()).asString().isEqualTo("on"));
            assertThat(recorded.flows().get(0).connection())
                    .isEqualTo(opened.peers().after(0, ALL).get(0).id());

            opened.taps().attach(recorded, false);
            assertThat(pipelines(opened)).isEqualTo(before);
            client.send(ascii("paused")).read(6);
            RecordingTap other = new RecordingTap();
            opened.taps().attach(other, true);
            assertThat(recorded.removed).hasValue(1);
            client.send(ascii("other")).read(5);
            opened.taps().remove();
            assertThat(pipelines(opened)).isEqualTo(before);
            client.send(ascii("off")).read(3);
            assertThat(recorded.received()).asString().isEqualTo("on");
            assertThat(other.received()).asString().isEqualTo("other");
            assertThat(other.removed).hasValue(1);
        }
    }

    @OnEveryWire
    void survivesTheSocket(Wire wire) throws IOException {
        Opened opened = endpoints.tcpToBeClosed(wire);
        opened.taps().attach(recorded, true);
        opened.endpoint().unbind();
        opened.endpoint().rebind();
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(ascii("again")).read(5);
        }
        await().until(() -> recorded.ends.size() == 1);
        assertThat(recorded.sent()).asString().isEqualTo("again");
    }

    @OnEveryWire
    void ofABrokenConnectionItReportsOnlyWhatTheKernelAccepted(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        opened.taps().attach(recorded, true);
        byte[] much = random(32 * 1024 * 1024);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null)) {
            client.sendMeanwhile(much, false);
            await().until(() -> opened.peers().after(0, ALL).stream().anyMatch(peer -> peer.pendingBytes() > 0));
            Peer peer = opened.peers().after(0, ALL).get(0);
            Peer last = opened.peers()
                    .close(peer.id(), CloseMode.RESET, DRAIN)
                    .join()
                    .orElseThrow();
            await().until(() -> recorded.ends.size() == 1);
            byte[] received = recorded.received();
            byte[] sent = recorded.sent();
            assertThat(received).isEqualTo(Arrays.copyOf(much, (int) last.receivedBytes()));
            assertThat(sent).isEqualTo(Arrays.copyOf(much, sent.length));
            assertThat((long) sent.length).isBetween(Math.max(1, peer.sentBytes()), last.receivedBytes() - 1);
            assertThat(recorded.ends).containsExactly(new End(recorded.flows().get(0), CloseReason.OPERATOR, true));
        }
    }

    @OnEveryWire
    void reportsDatagramsIncludingEmptyAndDroppedOnes(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(),
                new EndpointSpec(new ListenAddress(wire.loopback(), 0), 2_000, List.of(), UdpSettings.defaults()));
        InetSocketAddress to = opened.endpoint().address();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(wire.loopback()))) {
            client.setSoTimeout(10_000);
            exchange(client, to, random(9));
            opened.taps().attach(recorded, true);
            List<byte[]> datagrams = List.of(random(1), new byte[0], random(2_000), random(0), random(17));
            client.send(new DatagramPacket(random(2_001), 2_001, to));
            for (byte[] datagram : datagrams) {
                exchange(client, to, datagram);
            }
            await().until(() -> recorded.out.size() == datagrams.size());
            opened.taps().remove();
            exchange(client, to, random(9));
            assertThat(recorded.in.get(0)).isEqualTo(random(2_001));
            assertThat(recorded.in.subList(1, recorded.in.size())).containsExactlyElementsOf(datagrams);
            assertThat(recorded.out).containsExactlyElementsOf(datagrams);
            InetSocketAddress from = (InetSocketAddress) client.getLocalSocketAddress();
            assertThat(recorded.flows()).containsOnly(new Flow(0, Protocol.UDP, to, from));
        }
    }

    @OnEveryWire
    void faultsOfDatagramsAreReportedWithTheReplyOrWithWhatWasDropped(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        InetSocketAddress to = opened.endpoint().address();
        opened.taps().attach(recorded, true);
        Faults.add(opened.faults(), "drop", "id", "lossy", "when", Map.of("every", 2));
        Faults.add(opened.faults(), "latency", "id", "slow", "delayMs", 20);
        Faults.add(opened.faults(), "duplicate", "id", "twice");
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(wire.loopback()))) {
            client.setSoTimeout(10_000);
            exchange(client, to, random(9));
            client.receive(new DatagramPacket(new byte[9], 9));
            client.send(new DatagramPacket(random(8), 8, to));
            await().untilAsserted(() -> assertThat(recorded.inFaults).containsExactly(List.of(), List.of("lossy")));
            await().untilAsserted(() ->
                    assertThat(recorded.outFaults).containsExactly(List.of("slow", "twice"), List.of("slow", "twice")));
            opened.faults().removeTemporary();
            exchange(client, to, random(7));
            await().untilAsserted(() ->
                    assertThat(recorded.outFaults).hasSize(3).last().isEqualTo(List.of()));
            assertThat(recorded.inFaults).last().isEqualTo(List.of());
        }
    }

    @OnEveryWire
    void faultsOfAConnectionAreReportedWithTheReply(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        opened.taps().attach(recorded, true);
        Faults.add(opened.faults(), "latency", "id", "late", "direction", "in", "delayMs", 20);
        Faults.add(opened.faults(), "corrupt", "id", "wrong", "everyBytes", 4, "when", Map.of("first", 1));
        Faults.add(opened.faults(), "latency", "id", "slow", "delayMs", 20);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(ascii("abcd"));
            assertThat(client.read(4)).isNotEqualTo(ascii("abcd"));
            assertThat(client.send(ascii("efgh")).read(4)).isEqualTo(ascii("efgh"));
            opened.faults().removeTemporary();
            assertThat(client.send(ascii("ijkl")).read(4)).isEqualTo(ascii("ijkl"));
            await().untilAsserted(() -> assertThat(recorded.outFaults)
                    .containsExactly(List.of("late", "wrong", "slow"), List.of("late", "slow"), List.of()));
            assertThat(recorded.inFaults).containsExactly(List.of(), List.of(), List.of());
        }
    }

    @OnEveryWire
    void faultsThatDiscardBytesAreReportedWithWhatWasReceived(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        opened.taps().attach(recorded, true);
        Faults.add(opened.faults(), "limit", "id", "cut", "bytes", 6, "then", "silence");
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(ascii("abcd")).read(4);
            client.send(ascii("efgh")).read(2);
            client.send(ascii("ijkl"));
            await().untilAsserted(() ->
                    assertThat(recorded.inFaults).containsExactly(List.of(), List.of("cut"), List.of("cut")));
            await().untilAsserted(() -> assertThat(recorded.outFaults).containsExactly(List.of(), List.of("cut")));
        }
    }

    /** The bytes of two messages are held back; only those of the first are discarded. */
    @OnEveryWire
    void theMessageWhoseBytesWereDiscardedIsTheOneThatIsMarked(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        opened.taps().attach(recorded, true);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(ascii("a")).read(1);
            Faults.add(
                    opened.faults(),
                    "bandwidth",
                    "id",
                    "slow",
                    "direction",
                    "in",
                    "bytesPerSecond",
                    1,
                    "burstBytes",
                    2);
            Faults.add(opened.faults(), "silence", "id", "mute");
            client.send(ascii("bcd"));
            await().until(() ->
                    recorded.inFaults.size() == 2 && !recorded.inFaults.get(1).isEmpty());
            opened.faults().remove("mute");
            assertThat(client.read(1)).isEqualTo(ascii("d"));
            assertThat(client.send(ascii("e")).read(1)).isEqualTo(ascii("e"));
            assertThat(recorded.inFaults).containsExactly(List.of(), List.of("slow", "mute"), List.of());
            await().untilAsserted(() ->
                    assertThat(recorded.outFaults).containsExactly(List.of(), List.of("slow"), List.of("slow")));
        }
    }

    @OnEveryWire
    void aDeletedListenerReportsNothing(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        opened.taps().attach(recorded, true);
        opened.taps().close();
        assertThat(recorded.removed).hasValue(1);
        assertThat(opened.taps().attach(recorded, true)).isFalse();
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(random(3)).read(3);
        }
        assertThat(recorded.in).isEmpty();
    }

    private static List<String> pipelines(Opened opened) {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        opened.peers()
                .connections()
                .onEach(connection -> names.add(PipelineNames.of(connection)))
                .join();
        return names;
    }

    private static void exchange(DatagramSocket client, InetSocketAddress to, byte[] datagram) throws IOException {
        client.send(new DatagramPacket(datagram, datagram.length, to));
        DatagramPacket reply = new DatagramPacket(new byte[65_535], 65_535);
        client.receive(reply);
        assertThat(Arrays.copyOf(reply.getData(), reply.getLength())).isEqualTo(datagram);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private record End(Flow flow, CloseReason reason, boolean reset) {}

    /** Records what is reported. */
    private static final class RecordingTap implements Tap {

        private final List<byte[]> in = Collections.synchronizedList(new ArrayList<>());
        private final List<byte[]> out = Collections.synchronizedList(new ArrayList<>());
        private final List<List<String>> inFaults = Collections.synchronizedList(new ArrayList<>());
        private final List<List<String>> outFaults = Collections.synchronizedList(new ArrayList<>());
        private final List<Flow> flows = Collections.synchronizedList(new ArrayList<>());
        private final List<End> ends = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger removed = new AtomicInteger();

        @Override
        public Markable received(Flow flow, ByteBuffer bytes) {
            List<String> marks = Collections.synchronizedList(new ArrayList<>());
            inFaults.add(marks);
            keep(in, flow, bytes);
            return marks::add;
        }

        @Override
        public void sent(Flow flow, ByteBuffer bytes, List<String> faults) {
            outFaults.add(faults);
            keep(out, flow, bytes);
        }

        private void keep(List<byte[]> where, Flow flow, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            flows.add(flow);
            where.add(copy);
        }

        @Override
        public void closed(Flow connection, CloseReason reason, boolean reset) {
            ends.add(new End(connection, reason, reset));
        }

        @Override
        public void removed() {
            removed.incrementAndGet();
        }

        List<Flow> flows() {
            return List.copyOf(flows);
        }

        byte[] received() {
            return joined(in);
        }

        byte[] sent() {
            return joined(out);
        }

        private static byte[] joined(List<byte[]> pieces) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            List.copyOf(pieces).forEach(all::writeBytes);
            return all.toByteArray();
        }
    }
}
