package dev.canyon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.net.Protocol;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.RunResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs for a test; verifies on close that no thread is left. */
final class TestRuns implements AutoCloseable {

    static final RunLimits LIMITS = new RunLimits(2, Duration.ofMinutes(1), 100_000, 200, 65_536, 3);

    final MemoryRunStore store = new MemoryRunStore();
    final Runs runs;

    TestRuns() {
        this(TransportKind.preferred());
    }

    TestRuns(TransportKind kind) {
        this.runs = new Runs(kind, LIMITS, store);
    }

    Run start(Protocol protocol, InetSocketAddress target, Specs specs) {
        return runs.start(specs.spec(), protocol, target);
    }

    RunRecord finish(Protocol protocol, InetSocketAddress target, Specs specs) throws Exception {
        return start(protocol, target, specs).finished().get(30, TimeUnit.SECONDS);
    }

    RunResult complete(Protocol protocol, InetSocketAddress target, Specs specs) throws Exception {
        RunRecord end = finish(protocol, target, specs);
        assertThat(end.state()).as(end.toString()).isEqualTo(RunState.COMPLETED);
        RunResult result = result(end);
        assertThat(result.sent()).as(result.toString()).isEqualTo(result.received() + result.lost());
        return result;
    }

    static RunResult result(RunRecord end) {
        return Objects.requireNonNull(end.result(), end::toString);
    }

    static Latency latency(RunResult result) {
        return Objects.requireNonNull(result.latency(), result::toString);
    }

    /** Returns the threads of runs. */
    static List<String> threadsOf(Run run) {
        return threads().stream().filter(name -> name.endsWith(run.id())).toList();
    }

    private static List<String> threads() {
        Set<Thread> all = Thread.getAllStackTraces().keySet();
        return all.stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("canyon-run"))
                .toList();
    }

    @Override
    public void close() {
        List<Run> made = runs.newestFirst();
        runs.close();
        await().untilAsserted(() -> assertThat(made.stream().flatMap(run -> threadsOf(run).stream()))
                .isEmpty());
    }
}
