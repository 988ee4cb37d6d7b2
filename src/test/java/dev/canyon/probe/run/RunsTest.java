package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.net.Protocol;
import dev.canyon.probe.OddServer;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.InvalidRunException;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.Verdict;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Start, end, limits and clean-up of runs. */
@Timeout(60)
class RunsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final TestRuns runs = new TestRuns();

    @AfterEach
    void end() {
        runs.close();
    }

    @Test
    void aRunEndsAfterItsDuration() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            RunResult result = runs.complete(
                    Protocol.UDP,
                    server.address(),
                    Specs.during(Duration.ofMillis(1_200)).over(3));
            assertThat(result.seconds()).isBetween(1.0, 1.9);
            assertThat(result.series()).hasSize(2);
            assertThat(result.series().get(1).atMs()).isGreaterThan(1_000);
        }
    }

    @Test
    void aFixedRateIsKeptAndDistributedEvenly() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            RunResult result = runs.complete(
                    Protocol.UDP,
                    server.address(),
                    Specs.during(Duration.ofSeconds(1)).over(7).at(500));
            // What a loop that is held up at the very end does not come round to is told.
            assertThat(result.sent() + result.unsent()).isEqualTo(500);
            assertThat(result.sent()).isGreaterThan(400);
        }
    }

    /** Every message due during a stall is late, not only the one in flight. */
    @Test
    void aStallDelaysAllMessagesDueMeanwhile() throws Exception {
        try (OddServer server = new OddServer(client -> {
            byte[] first = client.getInputStream().readNBytes(64);
            TimeUnit.MILLISECONDS.sleep(600);
            client.getOutputStream().write(first);
            client.getInputStream().transferTo(client.getOutputStream());
        })) {
            RunResult result = runs.complete(
                    Protocol.TCP,
                    server.address(),
                    Specs.during(Duration.ofSeconds(1)).at(1_000).inFlight(1));
            // 600 of 1,000 were due meanwhile, and waited 300 ms on the average.
            assertThat(result.sent()).isGreaterThan(700);
            assertThat(TestRuns.latency(result).p50Micros()).isGreaterThan(50_000);
            assertThat(TestRuns.latency(result).maxMicros()).isGreaterThan(590_000);
        }
    }

    @Test
    void messagesDueButNotSentAreCounted() throws Exception {
        try (OddServer server = new OddServer(OddServer::staySilent)) {
            RunResult result = runs.complete(
                    Protocol.TCP,
                    server.address(),
                    Specs.during(Duration.ofMillis(500)).at(100).inFlight(2).lostAfter(Duration.ofSeconds(1)));
            assertThat(result.sent()).isEqualTo(2);
            assertThat(result.unsent()).isEqualTo(48);
        }
    }

    @Test
    void messagesOfAClosedConnectionAreCountedAsUnsent() throws Exception {
        AtomicInteger clients = new AtomicInteger();
        try (OddServer server = new OddServer(client -> {
            if (clients.getAndIncrement() > 0) {
                client.getInputStream().transferTo(client.getOutputStream());
            } else {
                client.getOutputStream().write(client.getInputStream().readNBytes(10 * 64));
            }
        })) {
            RunResult result = runs.complete(
                    Protocol.TCP,
                    server.address(),
                    Specs.during(Duration.ofSeconds(1)).over(2).at(200));
            assertThat(result.errorCount()).isEqualTo(1);
            assertThat(result.sent() + result.unsent()).isEqualTo(200);
            assertThat(result.unsent()).isGreaterThan(50);
        }
    }

    @Test
    void outstandingResponsesOfACancelledRunAreCounted() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho.delayEvery(1, Integer.MAX_VALUE, 20))) {
            await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
                Run run = runs.start(
                        Protocol.UDP, server.address(), Specs.during(LONG).at(500));
                await().until(() -> TestRuns.result(run.record()).received() > 5);
                assertThat(TestRuns.result(runs.runs.cancel(run)).lost())
                        .as("of some ten that are on their way at any time")
                        .isZero();
            });
        }
    }

    @Test
    void largeDatagramsOfManyFlowsShareAReceiveBuffer() throws Exception {
        long before = PlatformDependent.usedDirectMemory();
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            Run run = runs.start(
                    Protocol.UDP,
                    server.address(),
                    Specs.during(LONG).over(200).of(RunSpec.MAX_DATAGRAM_BYTES).inFlight(16));
            await().until(() -> TestRuns.result(run.record()).received() > 1_000);
            long more = PlatformDependent.usedDirectMemory() - before;
            runs.runs.cancel(run);
            assertThat(more).as("room for sixteen of each flow is 200 MiB").isLessThan(100 * 1024 * 1024);
        }
    }

    @Test
    void noFurtherConnectionsAreTriedIfNoneSucceeds() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            InetSocketAddress target = fill(server, waiting);
            RunRecord end = runs.finish(
                    Protocol.TCP, target, Specs.messages(200).over(200).lostAfter(Duration.ofMillis(300)));
            assertThat(end.state()).isEqualTo(RunState.FAILED);
            assertThat(TestRuns.result(end).errors())
                    .as("some are tried, and then no more")
                    .isEqualTo(Map.of(Outcome.TIMEOUT_CONNECT, 64L));
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void aRunThatExceedsMemoryIsRejected() {
        Runs many = new Runs(TransportKind.NIO, new RunLimits(1, LONG, 1, 100_000, 65_536, 1), runs.store);
        assertThatThrownBy(() -> many.start(
                        Specs.messages(1).over(2_000).of(65_536).spec(),
                        Protocol.TCP,
                        new InetSocketAddress("127.0.0.1", 1)))
                .isInstanceOf(LimitReachedException.class)
                .hasMessageContaining("connections times messageBytes is 131072000");
        assertThat(many.newestFirst()).isEmpty();
        many.close();
    }

    @Test
    void theWarmupIsNotMeasured() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            Specs specs = Specs.during(Duration.ofMillis(400)).at(100);
            RunResult result = runs.complete(Protocol.UDP, server.address(), specs.warmedUpFor(Duration.ofMillis(600)));
            assertThat(result.sent() + result.unsent()).isEqualTo(40);
            assertThat(server.received.get() - result.sent())
                    .as("60 to warm up")
                    .isBetween(20L, 60L);
        }
    }

    @Test
    void aRunCanBeCancelledDuringTheWarmup() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            Run run =
                    runs.start(Protocol.UDP, server.address(), Specs.messages(1).warmedUpFor(LONG));
            await().until(() -> server.received.get() > 0);
            RunRecord end = runs.runs.cancel(run);
            assertThat(end.state()).isEqualTo(RunState.CANCELLED);
            assertThat(TestRuns.result(end).sent()).isZero();
            assertThat(end.progress()).isZero();
        }
    }

    @Test
    void aCancelledRunEndsImmediatelyAndReleasesEverything() throws Exception {
        try (OddServer server = new OddServer(OddServer::staySilent)) {
            long before = descriptors();
            Run run = runs.start(
                    Protocol.TCP, server.address(), Specs.during(LONG).over(5));
            await().until(() -> TestRuns.result(run.record()).sent() == 5);
            long start = System.nanoTime();
            RunRecord end = runs.runs.cancel(run);
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
            assertThat(end.state()).isEqualTo(RunState.CANCELLED);
            assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(TestRuns.result(end).lost()).isEqualTo(5);
            assertThat(runs.store.kept).containsEntry(run.id(), end);
            await().untilAsserted(() -> assertThat(TestRuns.threadsOf(run)).isEmpty());
            await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before + 1)); // the server's
        }
    }

    @Test
    void aRunCanBeCancelledWhileConnecting() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            InetSocketAddress target = fill(server, waiting);
            Run run = runs.start(Protocol.TCP, target, Specs.during(LONG));
            RunRecord end = runs.runs.cancel(run);
            assertThat(end.state()).isEqualTo(RunState.CANCELLED);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void anUnansweredHandshakeFailsTheRun() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            InetSocketAddress target = fill(server, waiting);
            RunRecord end = runs.finish(Protocol.TCP, target, Specs.messages(1).lostAfter(Duration.ofMillis(300)));
            assertThat(end.state()).isEqualTo(RunState.FAILED);
            assertThat(TestRuns.result(end).errors()).containsOnlyKeys(Outcome.TIMEOUT_CONNECT);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** With its backlog full, a listening socket of Linux does not answer SYN. */
    private static InetSocketAddress fill(ServerSocket server, List<Socket> waiting) throws Exception {
        InetSocketAddress target = (InetSocketAddress) server.getLocalSocketAddress();
        while (waiting.size() < 10) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(target, 300);
            } catch (SocketTimeoutException ex) {
                return target;
            }
        }
        throw new IllegalStateException("the backlog does not fill");
    }

    @Test
    void aThirdConcurrentRunIsRejected() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            Run first = runs.start(
                    Protocol.UDP, server.address(), Specs.during(LONG).at(10));
            runs.start(Protocol.UDP, server.address(), Specs.during(LONG).at(10));
            assertLimit("runs", Specs.messages(1));
            runs.runs.cancel(first);
            assertThat(runs.complete(Protocol.UDP, server.address(), Specs.messages(1))
                            .received())
                    .isEqualTo(1);
        }
    }

    @Test
    void theRequestIsLimited() {
        assertLimit("run-duration", Specs.during(Duration.ofMinutes(2)));
        assertLimit("run-duration", Specs.during(Duration.ofMinutes(1)).warmedUpFor(Duration.ofMillis(1)));
        assertLimit("run-rate", Specs.messages(1).at(100_001).lostAfter(Duration.ofSeconds(1)));
        assertLimit("run-connections", Specs.messages(1).over(201));
        assertLimit("message-bytes", Specs.messages(1).of(65_537));
        assertThat(runs.runs.newestFirst()).isEmpty();
    }

    private void assertLimit(String limit, Specs specs) {
        assertThatThrownBy(() -> runs.start(Protocol.TCP, new InetSocketAddress("127.0.0.1", 1), specs))
                .isInstanceOfSatisfying(LimitReachedException.class, ex -> {
                    assertThat(ex.limit()).isEqualTo(limit);
                    assertThat(ex).hasMessageContaining("canyon.limits." + limit);
                });
    }

    @Test
    void invalidFieldsAreRejectedByName() {
        assertInvalid("messageBytes", Protocol.UDP, Specs.messages(1).of(15));
        assertInvalid("messageBytes", Protocol.UDP, Specs.messages(1).of(65_508));
        assertInvalid("pipeline", Protocol.TCP, Specs.messages(1).over(200).inFlight(5_001));
        assertInvalid("timeoutMs", Protocol.TCP, Specs.messages(1).at(60_000));
        assertInvalid("messages", Protocol.TCP, Specs.messages(0));
    }

    private void assertInvalid(String field, Protocol protocol, Specs specs) {
        assertThatThrownBy(() -> runs.start(protocol, new InetSocketAddress("127.0.0.1", 1), specs))
                .isInstanceOfSatisfying(
                        InvalidRunException.class, ex -> assertThat(ex.field()).isEqualTo(field));
    }

    @Test
    void theOldestFinishedRunsAreEvicted() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(runs.finish(Protocol.UDP, server.address(), Specs.messages(1))
                        .id());
            }
            List<String> newest = List.of(ids.get(4), ids.get(3), ids.get(2));
            assertThat(runs.runs.newestFirst()).extracting(Run::id).isEqualTo(newest);
            assertThat(runs.store.kept.keySet()).containsExactlyInAnyOrderElementsOf(newest);
        }
    }

    @Test
    void storedRunsSurviveARestart() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            RunRecord end = runs.finish(Protocol.UDP, server.address(), Specs.messages(10));
            Runs next = new Runs(TransportKind.NIO, TestRuns.LIMITS, runs.store);
            next.restore();
            assertThat(next.find(end.id()))
                    .hasValueSatisfying(run -> assertThat(run.record()).isEqualTo(end));
            next.delete(next.find(end.id()).orElseThrow());
            assertThat(runs.store.kept).isEmpty();
            next.close();
        }
    }

    @Test
    void aRunThatCannotBeStoredIsKeptInMemory() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            runs.store.broken = true;
            RunRecord end = runs.finish(Protocol.UDP, server.address(), Specs.messages(1));
            assertThat(end.verdict()).isEqualTo(Verdict.PASS);
            assertThat(runs.runs.find(end.id())).isPresent();
        }
    }

    @Test
    void closingCancelsAndStoresRunsAndRejectsNewOnes() throws Exception {
        try (OddEcho server = new OddEcho(OddEcho::echoAll)) {
            Run run = runs.start(
                    Protocol.UDP, server.address(), Specs.during(LONG).at(100));
            runs.runs.close();
            assertThat(run.finished()).isCompletedWithValueMatching(end -> end.state() == RunState.CANCELLED);
            assertThat(runs.store.kept).containsKey(run.id());
            assertThatThrownBy(() -> runs.start(Protocol.UDP, server.address(), Specs.messages(1)))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
