package dev.canyon.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.transport.Endpoints.Opened;
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
    private final Told told = new Told();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @OnEveryWire
    void tellsWhatAConnectionReceivesAndSendsAndHowItEnds(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        assertThat(opened.taps().fit(told, true)).isTrue();
        byte[] message = random(1_000_000);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.sendMeanwhile(message, true);
            assertThat(client.readToEnd()).isEqualTo(message);
            await().until(() -> told.ends.size() == 1);
            assertThat(told.received()).isEqualTo(message);
            assertThat(told.sent()).isEqualTo(message);
            Flow flow = told.flows().get(0);
            assertThat(told.flows()).containsOnly(flow);
            assertThat(flow.protocol()).isEqualTo(Protocol.TCP);
            assertThat(flow.local()).isEqualTo(opened.endpoint().address());
            assertThat(flow.remote()).isEqualTo(client.local());
            assertThat(told.ends).containsExactly(new End(flow, CloseReason.CLIENT, false));
        }
    }

    @OnEveryWire
    void reachesConnectionsThatAreOpenAndLeavesThemAsTheyWere(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(random(10)).read(10);
            await().until(() -> opened.peers().after(0, ALL).size() == 1);
            List<String> before = pipelines(opened);
            opened.taps().fit(told, true);
            assertThat(pipelines(opened)).isNotEqualTo(before);
            client.send(ascii("on")).read(2);
            assertThat(told.received()).asString().isEqualTo("on");
            await().untilAsserted(() -> assertThat(told.sent()).asString().isEqualTo("on"));
            assertThat(told.flows().get(0).connection())
                    .isEqualTo(opened.peers().after(0, ALL).get(0).id());

            opened.taps().fit(told, false);
            assertThat(pipelines(opened)).isEqualTo(before);
            client.send(ascii("paused")).read(6);
            Told other = new Told();
            opened.taps().fit(other, true);
            assertThat(told.removed).hasValue(1);
            client.send(ascii("other")).read(5);
            opened.taps().remove();
            assertThat(pipelines(opened)).isEqualTo(before);
            client.send(ascii("off")).read(3);
            assertThat(told.received()).asString().isEqualTo("on");
            assertThat(other.received()).asString().isEqualTo("other");
            assertThat(other.removed).hasValue(1);
        }
    }

    @OnEveryWire
    void outlivesTheSocket(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        opened.taps().fit(told, true);
        opened.endpoint().unbind();
        opened.endpoint().rebind();
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(ascii("again")).read(5);
        }
        await().until(() -> told.ends.size() == 1);
        assertThat(told.sent()).asString().isEqualTo("again");
    }

    @OnEveryWire
    void ofAConnectionThatBreaksItTellsOnlyWhatTheKernelTook(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        opened.taps().fit(told, true);
        byte[] much = random(32 * 1024 * 1024);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 4 * 1024, null)) {
            client.sendMeanwhile(much, false);
            await().until(() -> opened.peers().after(0, ALL).stream().anyMatch(peer -> peer.pendingBytes() > 0));
            Peer peer = opened.peers().after(0, ALL).get(0);
            Peer last = opened.peers()
                    .close(peer.id(), CloseMode.RESET, DRAIN)
                    .join()
                    .orElseThrow();
            await().until(() -> told.ends.size() == 1);
            byte[] received = told.received();
            byte[] sent = told.sent();
            assertThat(received).isEqualTo(Arrays.copyOf(much, (int) last.receivedBytes()));
            assertThat(sent).isEqualTo(Arrays.copyOf(much, sent.length));
            assertThat((long) sent.length).isBetween(Math.max(1, peer.sentBytes()), last.receivedBytes() - 1);
            assertThat(told.ends).containsExactly(new End(told.flows().get(0), CloseReason.OPERATOR, true));
        }
    }

    @OnEveryWire
    void tellsOfDatagramsAlsoOfThoseThatAreEmptyOrDropped(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(),
                new EndpointSpec(new ListenAddress(wire.loopback(), 0), 2_000, List.of(), UdpSettings.defaults()));
        InetSocketAddress to = opened.endpoint().address();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(wire.loopback()))) {
            client.setSoTimeout(10_000);
            exchange(client, to, random(9));
            opened.taps().fit(told, true);
            List<byte[]> datagrams = List.of(random(1), new byte[0], random(2_000), random(0), random(17));
            client.send(new DatagramPacket(random(2_001), 2_001, to));
            for (byte[] datagram : datagrams) {
                exchange(client, to, datagram);
            }
            await().until(() -> told.out.size() == datagrams.size());
            opened.taps().remove();
            exchange(client, to, random(9));
            assertThat(told.in.get(0)).isEqualTo(random(2_001));
            assertThat(told.in.subList(1, told.in.size())).containsExactlyElementsOf(datagrams);
            assertThat(told.out).containsExactlyElementsOf(datagrams);
            InetSocketAddress from = (InetSocketAddress) client.getLocalSocketAddress();
            assertThat(told.flows()).containsOnly(new Flow(0, Protocol.UDP, to, from));
        }
    }

    @OnEveryWire
    void nobodyIsToldOfAListenerThatIsDeleted(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        opened.taps().fit(told, true);
        opened.taps().close();
        assertThat(told.removed).hasValue(1);
        assertThat(opened.taps().fit(told, true)).isFalse();
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(random(3)).read(3);
        }
        assertThat(told.in).isEmpty();
    }

    private static List<String> pipelines(Opened opened) {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        opened.peers()
                .connections()
                .onEach(connection -> names.add(connection.pipeline().names().toString()));
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

    /** Keeps what it is told. */
    private static final class Told implements Tap {

        private final List<byte[]> in = Collections.synchronizedList(new ArrayList<>());
        private final List<byte[]> out = Collections.synchronizedList(new ArrayList<>());
        private final List<Flow> flows = Collections.synchronizedList(new ArrayList<>());
        private final List<End> ends = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger removed = new AtomicInteger();

        @Override
        public void received(Flow flow, ByteBuffer bytes) {
            keep(in, flow, bytes);
        }

        @Override
        public void sent(Flow flow, ByteBuffer bytes) {
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
