package dev.canyon.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.RandomFaults;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.traffic.ConnectionCounter;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.net.Protocol;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Good clients and bad ones at work while other listeners come and go, and while faults come and go; in the end everything is accounted for,
 * and nothing is left of them. Ten seconds, or {@code -Dcanyon.soak.seconds=N}; {@code ./mvnw test -Psoak} takes half an hour. {@code
 * -Dcanyon.soak.transport} selects the transport.
 */
@Isolated("counts the descriptors, threads and memory of the whole process")
class SoakTest {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("canyon.soak.seconds", 10));
    private static final TransportKind TRANSPORT = transport(System.getProperty("canyon.soak.transport"));
    private static final List<String> FAULTY = List.of("soak-faulty-tcp", "soak-faulty-udp");
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long MEBIBYTE = 1024 * 1024;

    private final TestListeners room = new TestListeners(TRANSPORT);
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong tcpConnections = new AtomicLong();
    private final AtomicLong echoes = new AtomicLong();
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong flood = new AtomicLong();
    private final AtomicLong faultyDatagrams = new AtomicLong();

    private record Footprint(long descriptors, int threads, long directMemory) {
        static Footprint now() throws IOException {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return new Footprint(open.count(), Thread.activeCount(), allocated());
            }
        }
    }

    private static long allocated() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static TransportKind transport(@Nullable String name) {
        if (name == null) {
            return TransportKind.preferred();
        }
        return Arrays.stream(TransportKind.values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("canyon.soak.transport: " + name + " (expected: "
                        + Arrays.toString(TransportKind.values()) + ")"));
    }

    private interface Client {
        void once(Random random) throws Exception;
    }

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void goodAndBadClientsAndChangingListenersLeaveNothingBehind() throws Exception {
        int tcp = TestListeners.port(room.listeners.create(impatient("soak-tcp")));
        int udp = TestListeners.port(room.listeners.create(TestListeners.udp("soak-udp", 0)));
        int flooded = TestListeners.port(room.listeners.create(TestListeners.udp("soak-flooded", 0)));
        int faultyTcp = TestListeners.port(room.listeners.create(framed("soak-faulty-tcp", FreePorts.next())));
        int faultyUdp = TestListeners.port(room.listeners.create(TestListeners.udp("soak-faulty-udp", 0)));
        List<Client> clients = List.of(
                random -> echo(tcp, random),
                random -> datagram(udp, random),
                random -> halfClose(tcp, random),
                random -> reset(tcp, random),
                random -> neverRead(tcp),
                random -> flood(flooded),
                random -> faultyConnection(faultyTcp, random),
                random -> faultyConnection(faultyTcp, random),
                random -> faultyDatagrams(faultyUdp, random),
                random -> changeFaults("soak-faulty-tcp", Protocol.TCP, random),
                random -> changeFaults("soak-faulty-udp", Protocol.UDP, random),
                random -> churn("churn-a", random),
                random -> churn("churn-b", random));
        // Once, for what is made at first use and kept.
        for (Client client : clients) {
            client.once(new Random(1));
        }
        removeFaults();
        awaitRest();
        Footprint before = Footprint.now();

        long until = System.nanoTime() + LENGTH.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (Client client : clients) {
            Thread thread = new Thread(() -> repeat(client, until), "soak");
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        removeFaults();
        awaitRest();
        assertAddsUp();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Footprint after = Footprint.now();
            // Fewer is no leak: clients of tests before this one let idle connections go meanwhile.
            assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors() + 5);
            assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 4);
            assertThat(after.directMemory())
                    .as("direct memory")
                    .isLessThanOrEqualTo(before.directMemory() + 64 * MEBIBYTE);
        });
        System.out.println(
                "Soak on " + TRANSPORT + ": " + echoes + " echoes, " + tcpConnections + " connections, faults applied "
                        + room.directory.faults("soak-faulty-tcp").appliedByType() + " "
                        + room.directory.faults("soak-faulty-udp").appliedByType() + " in " + LENGTH.toSeconds()
                        + " s; before " + before + ", after " + Footprint.now());
    }

    /** Who takes nothing is closed after half a second. */
    private static ListenerDefinition impatient(String name) {
        return TestListeners.definition(
                name, 0, TcpSettings.with(Map.of("writeStallTimeoutMs", 500, "maxConnections", 0)));
    }

    /** With messages, so that their replies can be repeated. */
    private static ListenerDefinition framed(String name, int port) {
        EndpointSpec lines = TestListeners.tcp(name, port)
                .endpoint()
                .answering(ReplySettings.with(Map.of("framing", Map.of("type", "line"))));
        return new ListenerDefinition(name, lines, true, "", Map.of(), Duration.ofSeconds(1), List.of());
    }

    private void repeat(Client client, long until) {
        Random random = new Random();
        try {
            while (System.nanoTime() < until && failures.isEmpty()) {
                client.once(random);
            }
        } catch (Exception | AssertionError ex) {
            failures.add(ex);
        }
    }

    private Socket connect(int port, int receiveBuffer) throws IOException {
        Socket client = new Socket();
        if (receiveBuffer > 0) {
            client.setReceiveBufferSize(receiveBuffer);
        }
        client.setSoTimeout(TIMEOUT_MILLIS);
        client.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        return client;
    }

    private Socket connect(int port) throws IOException {
        Socket client = connect(port, 0);
        tcpConnections.incrementAndGet();
        return client;
    }

    private void echo(int port, Random random) throws IOException {
        try (Socket client = connect(port)) {
            for (int i = 0; i < 20; i++) {
                exchange(client, random);
            }
        }
    }

    private void exchange(Socket client, Random random) throws IOException {
        byte[] message = bytes(random, 1 + random.nextInt(20_000));
        client.getOutputStream().write(message);
        assertThat(client.getInputStream().readNBytes(message.length)).isEqualTo(message);
        echoes.incrementAndGet();
    }

    private void halfClose(int port, Random random) throws IOException {
        try (Socket client = connect(port)) {
            byte[] message = bytes(random, 60_000);
            client.getOutputStream().write(message);
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(message);
            echoes.incrementAndGet();
        }
    }

    /** In the middle of a reply, or right after a half-close. */
    private void reset(int port, Random random) throws IOException {
        Socket client = connect(port);
        client.getOutputStream().write(bytes(random, 60_000));
        if (random.nextBoolean()) {
            client.shutdownOutput();
        }
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Sends until it is closed for taking nothing. */
    private void neverRead(int port) throws IOException {
        try (Socket client = connect(port, 4 * 1024)) {
            tcpConnections.incrementAndGet();
            byte[] some = new byte[64 * 1024];
            while (true) {
                client.getOutputStream().write(some);
            }
        } catch (SocketException ex) {
            assertThat(ex).hasMessageFindingMatch("reset|Broken pipe");
        }
    }

    /** One may get lost on a machine that is too busy, but not ten. */
    private void datagram(int port, Random random) throws IOException {
        byte[] message = bytes(random, 1 + random.nextInt(1_400));
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            // Whoever had this port before may have flooded another listener, whose replies are still on their way.
            client.connect(InetAddress.getByName("127.0.0.1"), port);
            client.setSoTimeout(1_000);
            for (int tries = 0; tries < 10; tries++) {
                send(client, port, message);
                datagrams.incrementAndGet();
                DatagramPacket reply = new DatagramPacket(new byte[65_536], 65_536);
                try {
                    client.receive(reply);
                } catch (SocketTimeoutException ex) {
                    continue;
                }
                // A late reply to one who had this port before is none to us.
                if (Arrays.equals(Arrays.copyOf(reply.getData(), reply.getLength()), message)) {
                    echoes.incrementAndGet();
                    return;
                }
            }
        }
        throw new AssertionError("ten datagrams without an answer: " + counters("soak-udp"));
    }

    /** Never reads what comes back. */
    private void flood(int port) throws Exception {
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            for (int i = 0; i < 1_000; i++) {
                send(client, port, new byte[100]);
                flood.incrementAndGet();
            }
        }
        Thread.sleep(10);
    }

    /** Whatever the faults do to it. */
    private void faultyConnection(int port, Random random) {
        try (Socket client = new Socket()) {
            client.connect(new InetSocketAddress("127.0.0.1", port), 100);
            client.setSoTimeout(50);
            for (int i = random.nextInt(5); i >= 0; i--) {
                client.getOutputStream().write(bytes(random, 1 + random.nextInt(20_000)));
                client.getInputStream().read(new byte[10_000]);
            }
            if (random.nextBoolean()) {
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            }
        } catch (IOException ex) {
            // Refused, reset or timed out by a fault.
        }
    }

    private void faultyDatagrams(int port, Random random) throws IOException {
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            client.setSoTimeout(1);
            for (int i = 0; i < 100; i++) {
                send(client, port, bytes(random, random.nextInt(400)));
                faultyDatagrams.incrementAndGet();
                try {
                    client.receive(new DatagramPacket(new byte[1_000], 1_000));
                } catch (SocketTimeoutException ex) {
                    // Lost, or later.
                }
            }
        }
    }

    private void changeFaults(String name, Protocol protocol, Random random) throws InterruptedException {
        RandomFaults.any(room.directory.faults(name), protocol, random).change();
        Thread.sleep(random.nextInt(8));
    }

    private void removeFaults() {
        for (String name : FAULTY) {
            room.directory.faults(name).define(List.of());
            room.directory.faults(name).removeTemporary();
        }
    }

    private static void send(DatagramSocket client, int port, byte[] message) throws IOException {
        client.send(new DatagramPacket(message, message.length, InetAddress.getByName("127.0.0.1"), port));
    }

    /** A listener comes, is used, moves, stops, starts and goes, with a client connected all the while. */
    private void churn(String name, Random random) throws IOException {
        int port = TestListeners.port(room.listeners.create(TestListeners.tcp(name, 0)));
        try (Socket client = connect(port, 0)) {
            exchange(client, random);
            room.listeners.change(
                    TestListeners.definition(name, "127.0.0.2", 0, TcpSettings.defaults()), OptionalLong.empty());
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        room.listeners.change(TestListeners.udp(name, 0), OptionalLong.empty());
        room.listeners.stop(name);
        room.listeners.start(name);
        room.listeners.delete(name, OptionalLong.empty());
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private EndpointCounters.Reading counters(String name) {
        return room.directory.find(name).orElseThrow().counters();
    }

    private void awaitRest() {
        for (String name : List.of("soak-tcp", "soak-faulty-tcp")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> counters(name).connections().active() == 0);
        }
    }

    /** Every connection and every datagram of the clients is accounted for. */
    private void assertAddsUp() {
        EndpointCounters.Reading tcp = counters("soak-tcp");
        ConnectionCounter.Reading connections = tcp.connections();
        assertThat(connections.total()).isEqualTo(tcpConnections.get());
        assertThat(connections.closed().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(tcpConnections.get());
        assertThat(tcp.sentBytes()).isLessThanOrEqualTo(tcp.receivedBytes());
        assertAddsUp("soak-udp", datagrams.get());
        assertAddsUp("soak-flooded", flood.get());
        assertAddsUp("soak-faulty-udp", faultyDatagrams.get());
        EndpointCounters.Reading faulty = counters("soak-faulty-tcp");
        assertThat(faulty.receivedBytes())
                .isEqualTo(faulty.sentBytes() - faulty.addedBytes() + faulty.discardedBytes());
    }

    private void assertAddsUp(String name, long sentToIt) {
        await().untilAsserted(() -> {
            EndpointCounters.Reading udp = counters(name);
            long kernel = Objects.requireNonNull(udp.dropped().get(DropReason.KERNEL));
            long dropped =
                    udp.dropped().values().stream().mapToLong(Long::longValue).sum() - kernel;
            assertThat(udp.receivedMessages() + kernel).isEqualTo(sentToIt);
            assertThat(udp.receivedMessages()).isEqualTo(udp.sentMessages() - udp.addedMessages() + dropped);
            assertThat(udp.sentBytes() - udp.addedBytes()).isLessThanOrEqualTo(udp.receivedBytes());
        });
    }
}
