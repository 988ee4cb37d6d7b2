package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.kernel.TransportKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** UDP over a link other than loopback: datagrams are fragmented, and a neighbour may be unreachable. */
@Timeout(60)
class LinkTest {

    private static final int FLOOD = 20_000;
    private static final long LARGEST_DATAGRAM = 65_536;
    private static final long MEBIBYTE = 1024 * 1024;

    static Stream<TransportKind> kinds() {
        return Stream.of(TransportKind.values()).filter(TransportKind::isAvailable);
    }

    /** The counters that {@link UdpProgram} prints. */
    private record Counts(long received, long sent, long queueFull, long sendErrors) {

        /** Waiting replies, each of which may retain the buffer of a datagram of maximum size. */
        long queued() {
            return received - sent - queueFull - sendErrors;
        }
    }

    private record Running(Process process, BufferedReader answers, PrintWriter questions, int port)
            implements AutoCloseable {

        static Running start(Namespace host, TransportKind kind, String address) throws IOException {
            Process process = host.java(UdpProgram.class, kind.name(), address).start();
            BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
            PrintWriter questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            return new Running(process, answers, questions, Integer.parseInt(nextNumbers(answers)));
        }

        Counts ask() throws IOException {
            questions.println();
            long[] numbers = Arrays.stream(nextNumbers(answers).split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Counts(numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        private static String nextNumbers(BufferedReader answers) throws IOException {
            String line = answers.readLine();
            while (line != null && !line.matches("[\\d ]+")) {
                line = answers.readLine();
            }
            if (line == null) {
                throw new IOException("the program has terminated");
            }
            return line;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void fragmentedDatagramsComeBackWhole(TransportKind kind) throws Exception {
        try (Namespace server = new Namespace("a");
                Namespace client = new Namespace("b")) {
            server.link("to-b", client, "to-a");
            server.ip("addr", "add", "10.78.0.1/24", "dev", "to-b");
            client.ip("addr", "add", "10.78.0.2/24", "dev", "to-a");
            try (Running program = Running.start(server, kind, "10.78.0.1")) {
                Process exchange = client.program(
                                "python3", "src/test/resources/udp/exchange.py", "10.78.0.1", "" + program.port())
                        .start();
                String output = new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(exchange.waitFor()).as(output).isZero();
                assertThat(output).contains("65507 bytes came back");
            }
        }
    }

    /**
     * Replies larger than the MTU, in bursts, so that the listener is under load and sends some as one message, which the kernel
     * does not fragment.
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void burstsOfDatagramsLargerThanTheMtuComeBackWhole(TransportKind kind) throws Exception {
        try (Namespace server = new Namespace("a");
                Namespace client = new Namespace("b")) {
            server.link("to-b", client, "to-a");
            server.ip("addr", "add", "10.78.0.1/24", "dev", "to-b");
            client.ip("addr", "add", "10.78.0.2/24", "dev", "to-a");
            try (Running program = Running.start(server, kind, "10.78.0.1")) {
                for (int bytes : new int[] {1_400, 1_472, 1_473, 4_000}) {
                    Process burst = client.program(
                                    "python3",
                                    "src/test/resources/udp/burst.py",
                                    "10.78.0.1",
                                    "" + program.port(),
                                    "" + bytes,
                                    "2000")
                            .start();
                    String output = new String(burst.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(burst.waitFor()).as(output).isZero();
                    assertThat(output).contains("2000 datagrams of " + bytes + " bytes came back");
                }
                Counts counts = program.ask();
                assertThat(counts.received()).isEqualTo(8_000);
                assertThat(counts.sent()).isEqualTo(8_000);
            }
        }
    }

    /**
     * A reply to a neighbour whose hardware address is being resolved waits in the send buffer of the socket, for at most three
     * seconds. There is no such neighbour, so the buffer fills.
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void aFullSendBufferCostsAtMostAMebibyteAndTheRestIsDroppedAndCounted(TransportKind kind) throws Exception {
        try (Namespace server = new Namespace("a");
                Namespace silent = new Namespace("b")) {
            server.link("to-b", silent, "to-a");
            server.ip("addr", "add", "10.78.0.1/24", "dev", "to-b");
            server.program("sysctl", "-qw", "net.ipv4.neigh.to-b.unres_qlen_bytes=16000000")
                    .start()
                    .waitFor();
            try (Running program = Running.start(server, kind, "10.78.0.1")) {
                Process flood = server.program(
                                "python3",
                                "src/test/resources/forge/forge.py",
                                "10.78.0.1",
                                "" + program.port(),
                                "10.78.0.9:5000x" + FLOOD)
                        .start();
                assertThat(flood.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(flood.exitValue()).isZero();
                AtomicReference<Counts> last = new AtomicReference<>(program.ask());
                await().until(() -> {
                    Counts now = program.ask();
                    return now.equals(last.getAndSet(now)) && now.queueFull() > 0;
                });
                assertThat(last.get().queued() * LARGEST_DATAGRAM)
                        .as(last.toString())
                        .isLessThanOrEqualTo(MEBIBYTE);
            }
        }
    }
}
