package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.net.Protocol;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.Bucket;
import dev.canyon.probe.spec.Interval;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.Verdict;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Impairments of datagrams are reported exactly. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class UdpRunTest {

    private static final Duration SHORT = Duration.ofMillis(1_500);

    private final TestRuns runs = new TestRuns();

    @AfterEach
    void end() {
        runs.close();
    }

    @Test
    void aGoodEchoLosesNothing() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            RunResult result = run(server, Specs.messages(5_000).over(4).inFlight(8));
            assertThat(server.received).hasValue(5_000);
            assertThat(result.received()).isEqualTo(5_000);
            assertOnly(result, 0, 0, 0, 0, 0);
            assertThat(result.latency()).isNotNull();
            assertThat(result.histogram().stream().mapToLong(Bucket::count).sum())
                    .isEqualTo(5_000);
            assertThat(result.series().stream().mapToLong(Interval::messages).sum())
                    .isEqualTo(5_000);
        }
    }

    @Test
    void droppedDatagramsAreLost() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho.dropEvery(10))) {
            RunResult result = run(server, Specs.messages(1_000).inFlight(200).lostAfter(SHORT));
            assertOnly(result, server.done.get(), 0, 0, 0, 0);
            assertThat(result.lost()).isEqualTo(100);
            assertThat(result.received()).isEqualTo(900);
        }
    }

    @Test
    void repeatedDatagramsAreDuplicated() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho.doubleEvery(7))) {
            // The last one, too.
            RunResult result = run(server, Specs.messages(700).inFlight(16));
            assertOnly(result, 0, 0, server.done.get(), 0, 0);
            assertThat(result.duplicated()).isEqualTo(100);
        }
    }

    @Test
    void swappedDatagramsAreReordered() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho.swapNeighbours())) {
            RunResult result = run(server, Specs.messages(1_000).inFlight(16));
            assertOnly(result, 0, 0, 0, server.done.get(), 0);
            assertThat(result.reordered()).isEqualTo(500);
        }
    }

    /** Each byte in turn, including those of the number and the tag. */
    @Test
    void aFlippedByteCorrupts() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho.flipAByteOfEvery(9))) {
            RunResult result = run(server, Specs.messages(900).of(40).inFlight(16));
            assertOnly(result, 0, 0, 0, 0, server.done.get());
            assertThat(result.corrupted()).isEqualTo(100);
            assertThat(result.received()).isEqualTo(900);
        }
    }

    @Test
    void aDifferentLengthCorrupts() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho.cutEvery(10))) {
            assertOnly(run(server, Specs.messages(100).inFlight(4)), 0, 0, 0, 0, 10);
        }
        try (OddEcho server = new OddEcho(OddEcho.lengthenEvery(10))) {
            assertOnly(run(server, Specs.messages(100).inFlight(4)), 0, 0, 0, 0, 10);
        }
    }

    @Test
    void delayedDatagramsAreLostAndLate() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho.delayEvery(5, 20, 700))) {
            RunResult result =
                    run(server, Specs.during(Duration.ofMillis(1_500)).at(200).lostAfter(Duration.ofMillis(300)));
            assertThat(server.done).hasValue(20);
            assertOnly(result, 20, 20, 0, 0, 0);
            // None of the delays is among the latencies.
            assertThat(TestRuns.latency(result).maxMicros()).isLessThan(700_000);
        }
    }

    @Test
    void combinedImpairmentsAreDistinguished() throws Exception {
        OddEcho.Behaviour mixed = (server, datagram, number) -> {
            if (number % 10 == 0) {
                return; // dropped
            }
            if (number % 10 == 1) {
                datagram.getData()[20] ^= 1;
            }
            server.echo(datagram);
            if (number % 10 == 2) {
                server.echo(datagram);
            }
        };
        try (OddEcho server = new OddEcho(mixed)) {
            assertOnly(run(server, Specs.messages(1_000).inFlight(120).lostAfter(SHORT)), 100, 0, 100, 0, 100);
        }
    }

    @Test
    void anUnrelatedDatagramIsAnError() throws Exception {
        OddEcho.Behaviour stranger = (server, datagram, number) -> {
            server.echo(datagram);
            if (number == 5) {
                server.echo(new DatagramPacket(new byte[64], 64, datagram.getSocketAddress()));
            }
        };
        try (OddEcho server = new OddEcho(stranger)) {
            RunResult result = runs.complete(Protocol.UDP, server.address(), Specs.messages(100));
            assertThat(result.errors()).isEqualTo(Map.of(Outcome.MISMATCH, 1L));
            assertThat(result.received()).isEqualTo(100);
        }
    }

    @Test
    void aClosedPortIsRefusedAndInconclusive() throws Exception {
        InetSocketAddress nobody;
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            nobody = server.address();
        }
        RunRecord end = runs.finish(Protocol.UDP, nobody, Specs.messages(3).lostAfter(SHORT));
        assertThat(end.state()).isEqualTo(RunState.COMPLETED);
        assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        RunResult result = TestRuns.result(end);
        assertThat(result.errors()).containsOnlyKeys(Outcome.REFUSED);
        assertThat(result.lost()).isEqualTo(3);
        assertThat(result.latency()).isNull();
    }

    @Test
    void theSmallestAndTheLargestDatagramsComeBack() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            for (int bytes : new int[] {RunSpec.MIN_DATAGRAM_BYTES, 17, 1_472, RunSpec.MAX_DATAGRAM_BYTES}) {
                RunResult result = run(server, Specs.messages(20).of(bytes).inFlight(2));
                assertOnly(result, 0, 0, 0, 0, 0);
            }
        }
    }

    private RunResult run(OddEcho server, Specs specs) throws Exception {
        RunResult result = runs.complete(Protocol.UDP, server.address(), specs);
        assertThat(result.errors()).isEmpty();
        return result;
    }

    private static void assertOnly(
            RunResult result, long lost, long late, long duplicated, long reordered, long corrupted) {
        assertThat(new long[] {result.lost(), result.late(), result.duplicated(), result.reordered(), result.corrupted()
                })
                .as("lost, late, duplicated, reordered, corrupted of " + result)
                .containsExactly(lost, late, duplicated, reordered, corrupted);
    }
}
