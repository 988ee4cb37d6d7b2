package dev.canyon.probe.run;

import dev.canyon.dial.EventLoopDialer;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.net.Protocol;
import dev.canyon.probe.load.Load;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.TlsFigures;
import dev.canyon.probe.spec.Verdict;
import dev.canyon.thread.DaemonThreads;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running runs and the last finished ones. A running run has its own thread and event loops. Thread-safe. */
public final class Runs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private static final int CANCEL_TIMEOUT_SECONDS = 5;

    private static final int RESTORE_RETRY_SECONDS = 2;

    private final TransportKind kind;
    private final RunLimits limits;
    private final RunAdmission admission;
    private final RunStore store;
    /** By id, and thus by start time. */
    private final NavigableMap<String, Run> runs = new ConcurrentSkipListMap<>();

    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean closed;

    public Runs(TransportKind kind, RunLimits limits, RunStore store) {
        this.kind = kind;
        this.limits = limits;
        this.admission = new RunAdmission(limits);
        this.store = store;
    }

    /** Loads the stored runs; must be called once. Blocks on the store. If it fails, a background thread retries until it succeeds. */
    public void restore() {
        try {
            loadStored();
        } catch (RuntimeException ex) {
            log.warn("Failed to load stored runs; retrying: {}", ex.getMessage());
            DaemonThreads.create("canyon-runs-restore", this::restoreLater).start();
        }
    }

    private void loadStored() {
        store.load().forEach(stored -> runs.putIfAbsent(stored.id(), new Run(stored)));
    }

    private void restoreLater() {
        try {
            while (!closing.await(RESTORE_RETRY_SECONDS, TimeUnit.SECONDS)) {
                try {
                    loadStored();
                    log.info("Loaded stored runs");
                    return;
                } catch (RuntimeException ex) {
                    log.debug("Failed to load stored runs again", ex);
                }
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a run in plain text; see {@link #start(RunSpec, Protocol, InetSocketAddress, ClientTls, String)}. */
    public Run start(RunSpec spec, Protocol protocol, InetSocketAddress target) {
        return start(spec, protocol, target, null, null);
    }

    /**
     * Starts a run and returns immediately.
     *
     * @param target dialled as it is
     * @param tls of each connection, TCP only; null for plain text
     * @param obstacle why the target, as far as is known, will not respond; becomes part of the record if it does not. Null for none
     * @throws dev.canyon.engine.kernel.LimitReachedException names the limit that the run would exceed
     * @throws dev.canyon.probe.spec.InvalidRunException if the messages do not fit into a datagram, or have a PROXY header
     * @throws RejectedExecutionException after {@link #close}
     */
    public synchronized Run start(
            RunSpec spec,
            Protocol protocol,
            InetSocketAddress target,
            @Nullable ClientTls tls,
            @Nullable String obstacle) {
        if (closed) {
            throw new RejectedExecutionException("Canyon is shutting down: no new runs are accepted");
        }
        spec.requireFits(protocol);
        admission.require(spec, running());
        Instant now = Instant.now();
        int threads = threads();
        String id = newId(now);
        EventLoopDialer dialer = EventLoopDialer.open(kind, threads, "canyon-run-loop");
        try {
            Load load = new Load(spec, protocol, target, tls, dialer, threads);
            Run run = new Run(id, spec, now, load);
            Thread thread = DaemonThreads.create("canyon-run-" + id, () -> execute(run, spec, load, now, obstacle));
            runs.put(id, run);
            thread.start();
            return run;
        } catch (RuntimeException | Error ex) {
            // Out of memory or threads: leave no trace of the run.
            runs.remove(id);
            dialer.close();
            throw ex;
        }
    }

    /** Half of the processors; the others are for the listeners. */
    private static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private void execute(Run run, RunSpec spec, Load load, Instant startedAt, @Nullable String obstacle) {
        RunRecord end;
        try {
            load.run();
            end = ended(run.id(), spec, load, startedAt, obstacle);
        } catch (InterruptedException ex) {
            load.cancel();
            end = ended(run.id(), spec, load, startedAt, obstacle);
        } catch (RuntimeException | Error ex) {
            // The result so far may be wrong, so it is discarded. Whatever happened, the run must end.
            log.error("Run {} failed", run.id(), ex);
            end = failed(run.id(), spec, startedAt);
        }
        finish(run, end);
    }

    private static RunRecord failed(String id, RunSpec spec, Instant startedAt) {
        return new RunRecord(
                id,
                RunState.FAILED,
                startedAt,
                Instant.now(),
                0,
                Verdict.INCONCLUSIVE,
                spec,
                null,
                "internal error, see the log");
    }

    private static RunRecord ended(String id, RunSpec spec, Load load, Instant startedAt, @Nullable String obstacle) {
        RunResult result = load.result();
        RunState state =
                load.isCancelled() ? RunState.CANCELLED : result.sent() == 0 ? RunState.FAILED : RunState.COMPLETED;
        String detail = state == RunState.CANCELLED || result.received() > 0 ? null : failure(state, result, obstacle);
        Verdict verdict = state == RunState.COMPLETED ? spec.thresholds().judge(result) : Verdict.INCONCLUSIVE;
        double progress = state == RunState.COMPLETED ? 1 : load.progress();
        return new RunRecord(id, state, startedAt, Instant.now(), progress, verdict, spec, result, detail);
    }

    /** Why there is no response; null if nothing is known. */
    private static @Nullable String failure(RunState state, RunResult result, @Nullable String obstacle) {
        String failure = state == RunState.FAILED ? unconnected(result) : obstacle == null ? null : "no response";
        return obstacle == null ? failure : failure + "; " + obstacle;
    }

    private static String unconnected(RunResult result) {
        TlsFigures tls = result.tls();
        return tls == null || tls.firstFailure() == null
                ? "no connection was established"
                : "no connection was established: " + tls.firstFailure();
    }

    private void finish(Run run, RunRecord end) {
        List<String> evicted = new ArrayList<>();
        synchronized (this) {
            List<String> finished = finishedIds(run.id());
            for (int i = 0; i < finished.size() + 1 - limits.history(); i++) {
                runs.remove(finished.get(i));
                evicted.add(finished.get(i));
            }
        }
        try {
            store.save(end, evicted);
        } catch (RuntimeException ex) {
            log.warn("Failed to store run {}; it will be lost on restart: {}", run.id(), ex.getMessage());
        }
        run.finish(end);
    }

    /** Returns the ids of finished runs, oldest first, without the given one. */
    private List<String> finishedIds(String except) {
        return runs.values().stream()
                .filter(run -> !run.id().equals(except) && run.isOver())
                .map(Run::id)
                .toList();
    }

    private String newId(Instant now) {
        String id;
        do {
            id = ID.format(now) + "-"
                    + String.format("%04x", ThreadLocalRandom.current().nextInt(0x10000));
        } while (runs.containsKey(id));
        return id;
    }

    public Optional<Run> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** Returns running and finished runs, newest first. */
    public List<Run> newestFirst() {
        return runs.values().stream()
                .sorted(Comparator.comparing(Run::id).reversed())
                .toList();
    }

    /**
     * Cancels a run if it is running, and waits until it has ended.
     *
     * @return the final state, or the current state if the run has not ended within five seconds
     */
    public RunRecord cancel(Run run) {
        run.cancel();
        try {
            return run.finished().get(CANCEL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException ex) {
            log.warn("Run {} was cancelled but is still running", run.id());
            return run.record();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return run.record();
        }
    }

    /** Cancels a run if it is running, and deletes it. If the store fails, so does this method, and the run is kept. */
    public RunRecord delete(Run run) {
        RunRecord last = cancel(run);
        store.delete(run.id());
        runs.remove(run.id());
        return last;
    }

    private List<Run> running() {
        return runs.values().stream().filter(run -> !run.isOver()).toList();
    }

    /** Cancels all running runs and waits until they are stored. */
    @Override
    public void close() {
        List<Run> open;
        synchronized (this) {
            closed = true;
            closing.countDown();
            open = running();
        }
        open.forEach(Run::cancel);
        open.forEach(this::cancel);
    }
}
