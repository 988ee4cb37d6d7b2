package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.traffic.EndpointCounters;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults come, change and go at random while random traffic runs; in the end everything is accounted for, and what no fault takes
 * or changes arrived as it was sent. Half a second each, or {@code -Dcanyon.random.millis=N}; {@code -Dcanyon.random.seed=N}
 * repeats a failed run, as far as threads repeat.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomFaultsTest {

    private static final Duration LENGTH = Duration.ofMillis(Long.getLong("canyon.random.millis", 500));
    private static final int CLIENTS = 4;
    private static final int MAX_OPEN = 100;
    private static final int WAIT_SECONDS = 20;
    private static final int LARGEST_DATAGRAM = 400;

    private final long seed = Long.getLong("canyon.random.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "random-faults");
        thread.setDaemon(true);
        return thread;
    });
    private final Endpoints endpoints = new Endpoints();
    private final List<Socket> sockets = new ArrayList<>();
    private volatile boolean ending;

    @AfterEach
    void close() throws IOException {
        ending = true;
        for (Socket socket : copyOfSockets()) {
            socket.close();
        }
        endpoints.close();
        threads.shutdownNow();
    }

    private List<Socket> copyOfSockets() {
        synchronized (sockets) {
            return List.copyOf(sockets);
        }
    }

    static List<Wire> transports() {
        return Wire.all().filter(wire -> !wire.isIpv6()).toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void everyStreamArrivesAsItWasSentIfNoFaultTakesOrChangesAnything(Wire wire) throws Exception {
        Opened opened = endpoints.tcp(wire);
        List<Future<Boolean>> transfers = IntStream.range(0, CLIENTS)
                .mapToObj(client -> threads.submit(() -> transfer(opened, new Random(seed + client))))
                .toList();
        RandomFaults.lossless(opened, random).run(LENGTH);
        ending = true;
        for (Future<Boolean> transfer : transfers) {
            assertThat(transfer.get(WAIT_SECONDS, TimeUnit.SECONDS))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    /** One stream after another, each of which ends with FIN. */
    private boolean transfer(Opened opened, Random own) throws Exception {
        do {
            byte[] message = new byte[own.nextInt(600_000)];
            own.nextBytes(message);
            try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
                client.sendMeanwhile(message, true);
                if (!Arrays.equals(client.readToEnd(), message)) {
                    return false;
                }
            }
        } while (!ending);
        return true;
    }

    /**
     * Without io_uring, which allocates a buffer for each connection that waits for input: among the many threads of this test, the JVM
     * (25) can take ten milliseconds to free one, and a change of the faults then times out.
     */
    static List<Wire> withoutIoUring() {
        return transports().stream()
                .filter(wire -> wire.kind() != TransportKind.IO_URING)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withoutIoUring")
    void everyByteIsAccountedForWhateverFaultsDo(Wire wire) throws Exception {
        // With messages in half of the runs, so that their replies can be repeated.
        boolean framed = random.nextBoolean();
        Opened opened = endpoints.open(
                wire.kind(),
                Endpoints.spec(wire.loopback(), Endpoints.freePortOutsideTheEphemeralRange(), TcpSettings.defaults())
                        .answering(ReplySettings.with(Map.of("framing", Map.of("type", framed ? "line" : "none")))));
        for (int client = 0; client < CLIENTS; client++) {
            Random own = new Random(seed + client);
            threads.execute(() -> connectAgainAndAgain(opened, own));
        }
        RandomFaults.any(opened, random).run(LENGTH);
        ending = true;
        // Before the connections are closed, because that settles their accounts.
        await().atMost(Duration.ofSeconds(WAIT_SECONDS)).untilAsserted(() -> {
            EndpointCounters.Reading reading = opened.read();
            List<Peer> open = opened.peers().after(0, 1_000);
            // Only a message that has not arrived completely is kept.
            long pending = open.stream().mapToLong(Peer::pendingBytes).sum();
            assertThat(reading.receivedBytes() - reading.discardedBytes() + reading.addedBytes() - pending)
                    .as("seed %d", seed)
                    .isEqualTo(reading.sentBytes());
            assertThat(open)
                    .as("seed %d", seed)
                    .allMatch(peer -> (framed || peer.pendingBytes() == 0)
                            && peer.pausedBy().isEmpty());
        });
        for (Peer peer : opened.peers().after(0, 1_000)) {
            assertThat(peer.sentBytes())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(peer.receivedBytes() + opened.read().addedBytes());
        }
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            byte[] message = new byte[100_000];
            random.nextBytes(message);
            client.sendMeanwhile(message, true);
            assertThat(client.readToEnd()).as("seed %d", seed).isEqualTo(message);
        }
    }

    private void connectAgainAndAgain(Opened opened, Random own) {
        while (!ending) {
            try {
                // A fault that ends connections at once would otherwise keep the event loops busy with nothing else.
                Thread.sleep(own.nextInt(5));
                Socket socket = new Socket();
                socket.connect(opened.endpoint().address(), 200);
                keepOpen(socket);
                threads.execute(() -> readAll(socket));
                useOnce(socket, own);
            } catch (IOException ex) {
                // Refused, reset or timed out by a fault: the next one.
            } catch (InterruptedException ex) {
                return;
            }
        }
    }

    /**
     * Each open connection has a thread here. With thousands of them, the JVM takes ten milliseconds to free the memory of a buffer
     * (a handshake with every thread), which would keep the event loops from anything else.
     */
    private void keepOpen(Socket socket) throws IOException {
        Socket oldest = null;
        synchronized (sockets) {
            sockets.add(socket);
            if (sockets.size() > MAX_OPEN) {
                oldest = sockets.remove(0);
            }
        }
        if (oldest != null) {
            oldest.close();
        }
    }

    /** Whatever arrives; the faults may take and change anything. */
    private static void readAll(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException ex) {
            // Reset by a fault, or closed by the test.
        }
    }

    /** Sends a few messages. Then the connection stays open, or ends in one of several ways. */
    private void useOnce(Socket socket, Random own) throws IOException {
        for (int messages = own.nextInt(20); messages > 0; messages--) {
            byte[] message = new byte[1 + own.nextInt(20_000)];
            own.nextBytes(message);
            socket.getOutputStream().write(message);
        }
        switch (own.nextInt(5)) {
            case 0 -> socket.close();
            case 1 -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case 2, 3 -> socket.shutdownOutput();
            default -> {}
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void everyDatagramArrivesOnceIfNoFaultTakesOrChangesAnything(Wire wire) throws Exception {
        Opened opened = endpoints.udp(wire);
        List<Future<Datagrams>> clients = exchange(opened);
        RandomFaults.lossless(opened, random).run(LENGTH);
        int missing = 0;
        List<Datagrams> ended = results(clients);
        awaitAnswers(opened, ended);
        for (Datagrams client : ended) {
            List<Integer> received = client.receiveExpected();
            assertThat(received).as("seed %d", seed).doesNotHaveDuplicates();
            missing += client.sent() - received.size();
        }
        assertOnlyQueuesLost(missing, opened);
    }

    /** In the kernel, while an event loop stands still; on io_uring, which sends later than it is told to, also behind earlier replies. */
    private void assertOnlyQueuesLost(int missing, Opened opened) {
        Map<DropReason, Long> dropped = opened.read().dropped();
        long queueFull = Objects.requireNonNull(dropped.get(DropReason.QUEUE_FULL));
        assertThat(queueFull + Objects.requireNonNull(dropped.get(DropReason.KERNEL)))
                .as("seed %d: %s", seed, opened.read())
                .isEqualTo(missing);
        if (opened.endpoint().transport() != TransportKind.IO_URING) {
            assertThat(queueFull).as("seed %d", seed).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void datagramsKeepTheirOrderIfFaultsKeepIt(Wire wire) throws Exception {
        Opened opened = endpoints.udp(wire);
        List<Future<Datagrams>> clients = exchange(opened);
        RandomFaults.keepingOrder(opened, random).run(LENGTH);
        int missing = 0;
        List<Datagrams> ended = results(clients);
        awaitAnswers(opened, ended);
        for (Datagrams client : ended) {
            List<Integer> received = client.receiveExpected();
            assertThat(received).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
            missing += client.sent() - received.size();
        }
        assertOnlyQueuesLost(missing, opened);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void everyDatagramIsAccountedForWhateverFaultsDo(Wire wire) throws Exception {
        Opened opened = endpoints.udp(wire);
        List<Future<Datagrams>> clients = exchange(opened);
        RandomFaults.any(opened, random).run(LENGTH);
        List<Datagrams> ended = results(clients);
        awaitAnswers(opened, ended);
        long arrived = 0;
        for (Datagrams client : ended) {
            arrived += client.receiveRest();
        }
        assertThat(arrived).as("seed %d", seed).isEqualTo(opened.read().sentMessages());
    }

    /** A port is closed and opened again while faults hold datagrams back. */
    @ParameterizedTest
    @MethodSource("transports")
    void aClosedPortHoldsNothingBack(Wire wire) throws Exception {
        Opened opened = endpoints.udpToBeClosed(wire);
        Faults.add(opened.faults(), "latency", "delayMs", 60_000);
        List<Future<Datagrams>> clients = exchange(opened);
        long until = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() - until < 0) {
            opened.endpoint().unbind();
            EndpointCounters.Reading reading = opened.read();
            Map<DropReason, Long> dropped = reading.dropped();
            assertThat(reading.receivedMessages())
                    .as("seed %d", seed)
                    .isEqualTo(reading.sentMessages()
                            + dropped.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            - Objects.requireNonNull(dropped.get(DropReason.KERNEL)));
            opened.endpoint().rebind();
            Thread.sleep(random.nextInt(5));
        }
        opened.faults().removeTemporary();
        results(clients);
    }

    /** Until everything that the clients have sent was received, and sent back or dropped. */
    private void awaitAnswers(Opened opened, List<Datagrams> clients) {
        await().atMost(Duration.ofSeconds(WAIT_SECONDS)).untilAsserted(() -> {
            EndpointCounters.Reading reading = opened.read();
            long kernelDrops = Objects.requireNonNull(reading.dropped().get(DropReason.KERNEL));
            long dropped = reading.dropped().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    - kernelDrops;
            assertThat(reading.receivedMessages() + kernelDrops)
                    .as("seed %d", seed)
                    .isEqualTo(clients.stream().mapToLong(Datagrams::sent).sum());
            assertThat(reading.receivedMessages())
                    .as("seed %d", seed)
                    .isEqualTo(reading.sentMessages() - reading.addedMessages() + dropped);
        });
    }

    private List<Future<Datagrams>> exchange(Opened opened) throws IOException {
        List<Future<Datagrams>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            Datagrams datagrams = new Datagrams(opened, new Random(seed + client));
            clients.add(threads.submit(datagrams::exchange));
        }
        return clients;
    }

    private List<Datagrams> results(List<Future<Datagrams>> clients) throws Exception {
        ending = true;
        List<Datagrams> ended = new ArrayList<>();
        for (Future<Datagrams> client : clients) {
            ended.add(client.get(WAIT_SECONDS, TimeUnit.SECONDS));
        }
        return ended;
    }

    /** A client that sends numbered datagrams of random size, and receives meanwhile. */
    private final class Datagrams {

        private final Opened opened;
        private final Random own;
        private final DatagramSocket socket;
        private final ConcurrentLinkedQueue<byte[]> received = new ConcurrentLinkedQueue<>();
        private final List<byte[]> sent = new ArrayList<>();

        Datagrams(Opened opened, Random own) throws IOException {
            this.opened = opened;
            this.own = own;
            this.socket = new DatagramSocket(
                    0, InetAddress.getByName(opened.endpoint().address().getHostString()));
            socket.setReceiveBufferSize(4 * 1024 * 1024);
        }

        Datagrams exchange() throws IOException {
            while (!ending) {
                byte[] message = new byte[Integer.BYTES + own.nextInt(LARGEST_DATAGRAM)];
                own.nextBytes(message);
                ByteBuffer.wrap(message).putInt(sent.size());
                socket.send(new DatagramPacket(
                        message, message.length, opened.endpoint().address()));
                sent.add(message);
                while (receive(1)) {
                    // All that has arrived, so that the receive buffer never overflows.
                }
            }
            return this;
        }

        private boolean receive(int timeoutMillis) throws IOException {
            socket.setSoTimeout(timeoutMillis);
            DatagramPacket reply = new DatagramPacket(new byte[2 * LARGEST_DATAGRAM], 2 * LARGEST_DATAGRAM);
            try {
                socket.receive(reply);
            } catch (SocketTimeoutException ex) {
                return false;
            }
            return received.add(Arrays.copyOf(reply.getData(), reply.getLength()));
        }

        int sent() {
            return sent.size();
        }

        /** The numbers of the replies, each of which equals what was sent. */
        List<Integer> receiveExpected() throws IOException {
            receiveRest();
            return received.stream()
                    .map(reply -> {
                        int number = ByteBuffer.wrap(reply).getInt();
                        assertThat(reply).as("seed %d", seed).isEqualTo(sent.get(number));
                        return number;
                    })
                    .toList();
        }

        /** @return how many have been received */
        int receiveRest() throws IOException {
            while (receive(50)) {
                // Another one has arrived.
            }
            return received.size();
        }
    }
}
