package dev.canyon.probe.run;

import dev.canyon.transport.ClientSockets;
import dev.canyon.transport.Descriptors;
import dev.canyon.transport.LimitReachedException;
import dev.canyon.transport.Protocol;
import dev.canyon.transport.TransportKind;
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

/**
 * The runs that go on, and those that are over, as many as are kept. Each has a thread and event loops of its own, which end with
 * it. Any thread.
 */
public final class Runs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    /** What must be left to the rest of the process. */
    private static final int DESCRIPTORS_LEFT = 64;

    /** With the listener in the same process, a connection has two. */
    private static final int DESCRIPTORS_PER_CONNECTION = 2;

    private static final int SECONDS_TO_CANCEL = 5;

    private static final int SECONDS_BETWEEN_RESTORES = 2;

    private final TransportKind kind;
    private final RunLimits limits;
    private final RunStore store;
    /** By id, and so by time. */
    private final NavigableMap<String, Run> runs = new ConcurrentSkipListMap<>();

    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean closed;

    public Runs(TransportKind kind, RunLimits limits, RunStore store) {
        this.kind = kind;
        this.limits = limits;
        this.store = store;
    }

    /**
     * Takes over the runs that were kept; to be called once. If they cannot be read now, that is tried again until they can be,
     * on a thread that ends then. Blocks on the store.
     */
    public void restore() {
        try {
            takeOverKept();
        } catch (RuntimeException ex) {
            log.warn("Earlier runs cannot be read, which is tried again: {}", ex.getMessage());
            Thread thread = new Thread(this::restoreLater, "canyon-runs-restore");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void takeOverKept() {
        store.load().forEach(kept -> runs.putIfAbsent(kept.id(), new Run(kept)));
    }

    private void restoreLater() {
        try {
            while (!closing.await(SECONDS_BETWEEN_RESTORES, TimeUnit.SECONDS)) {
                try {
                    takeOverKept();
                    log.info("Earlier runs have been read");
                    return;
                } catch (RuntimeException ex) {
                    log.debug("Earlier runs still cannot be read", ex);
                }
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts a run, and returns at once.
     *
     * @param target is dialled as it is
     * @throws LimitReachedException if it is more than may be asked for, or too many run
     * @throws InvalidRunException if the protocol cannot carry it
     * @throws RejectedExecutionException if this is closed
     */
    public synchronized Run start(RunSpec spec, Protocol protocol, InetSocketAddress target) {
        if (closed) {
            throw new RejectedExecutionException("Canyon is ending: no run begins any more");
        }
        spec.requireFits(protocol);
        requireWithinLimits(spec);
        Instant now = Instant.now();
        int threads = threads();
        ClientSockets sockets = ClientSockets.open(kind, threads, "canyon-run-loop");
        Load load = new Load(spec, protocol, target, sockets, threads);
        Run run = new Run(newId(now), spec, now, load);
        runs.put(run.id(), run);
        Thread thread = new Thread(() -> make(run, spec, load, now), "canyon-run-" + run.id());
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /** Half of the processors, so that the listeners have theirs. */
    private static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private void requireWithinLimits(RunSpec spec) {
        long going = running().size();
        require(
                !closed && going < limits.runs(),
                "runs",
                going + " runs go on: wait for one or cancel it",
                limits.runs());
        require(
                spec.duration().plus(spec.warmup()).compareTo(limits.duration()) <= 0,
                "run-duration",
                "durationMs is " + spec.duration().toMillis() + " and warmupMs is "
                        + spec.warmup().toMillis(),
                limits.duration().toMillis() + " ms");
        require(
                spec.ratePerSecond() == null || spec.ratePerSecond() <= limits.ratePerSecond(),
                "run-rate",
                "ratePerSecond is " + spec.ratePerSecond(),
                limits.ratePerSecond());
        require(
                spec.connections() <= limits.connections(),
                "run-connections",
                "connections is " + spec.connections(),
                limits.connections());
        require(
                spec.messageBytes() <= limits.messageBytes(),
                "message-bytes",
                "messageBytes is " + spec.messageBytes(),
                limits.messageBytes());
        long free = Descriptors.free() - DESCRIPTORS_LEFT;
        if ((long) spec.connections() * DESCRIPTORS_PER_CONNECTION > free) {
            throw new LimitReachedException(
                    "descriptors",
                    "connections is " + spec.connections() + ", and the process may open " + Math.max(free, 0)
                            + " more descriptors, of which each connection may take " + DESCRIPTORS_PER_CONNECTION
                            + ": ask for fewer, or raise the limit (ulimit -n)");
        }
    }

    private static void require(boolean kept, String limit, String found, Object most) {
        if (!kept) {
            throw new LimitReachedException(limit, found + "; canyon.limits." + limit + " is " + most);
        }
    }

    private void make(Run run, RunSpec spec, Load load, Instant startedAt) {
        String failure = null;
        try {
            load.run();
        } catch (InterruptedException ex) {
            load.cancel();
        } catch (RuntimeException ex) {
            log.error("Run {} broke off", run.id(), ex);
            failure = "something of ours broke, see the log: " + ex;
        }
        finish(run, ended(run.id(), spec, load, startedAt, failure));
    }

    private static RunRecord ended(String id, RunSpec spec, Load load, Instant startedAt, @Nullable String failure) {
        RunResult result = load.result();
        String detail = failure;
        if (detail == null && !load.isCancelled() && result.sent() == 0) {
            detail = "no connection was established";
        }
        RunState state =
                load.isCancelled() ? RunState.CANCELLED : detail == null ? RunState.COMPLETED : RunState.FAILED;
        Verdict verdict = state == RunState.COMPLETED ? spec.thresholds().judge(result) : Verdict.INCONCLUSIVE;
        double progress = state == RunState.COMPLETED ? 1 : load.progress();
        return new RunRecord(id, state, startedAt, Instant.now(), progress, verdict, spec, result, detail);
    }

    private void finish(Run run, RunRecord end) {
        List<String> forgotten = new ArrayList<>();
        synchronized (this) {
            List<String> over = finishedIds(run.id());
            for (int i = 0; i < over.size() + 1 - limits.history(); i++) {
                runs.remove(over.get(i));
                forgotten.add(over.get(i));
            }
        }
        try {
            store.save(end, forgotten);
        } catch (RuntimeException ex) {
            log.warn(
                    "Run {} is over, but could not be kept: it is gone after a restart: {}", run.id(), ex.getMessage());
        }
        run.finish(end);
    }

    /** Oldest first, without the one that is about to be. */
    private List<String> finishedIds(String about) {
        return runs.values().stream()
                .filter(run -> !run.id().equals(about) && run.isOver())
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

    /** Those that go on and those that are over, newest first. */
    public List<Run> newestFirst() {
        return runs.values().stream()
                .sorted(Comparator.comparing(Run::id).reversed())
                .toList();
    }

    /** Ends a run, if it is not over, and waits until it is. */
    public RunRecord cancel(Run run) {
        run.cancel();
        try {
            return run.finished().get(SECONDS_TO_CANCEL, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException ex) {
            throw new IllegalStateException("run " + run.id() + " does not end", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return run.record();
        }
    }

    /** Ends a run, if it is not over, and forgets it. If the store fails, so does this, and the run is still there. */
    public RunRecord delete(Run run) {
        RunRecord last = cancel(run);
        store.delete(run.id());
        runs.remove(run.id());
        return last;
    }

    private List<Run> running() {
        return runs.values().stream().filter(run -> !run.isOver()).toList();
    }

    /** Cancels what goes on, and waits until that is kept. */
    @Override
    public void close() {
        List<Run> going;
        synchronized (this) {
            closed = true;
            closing.countDown();
            going = running();
        }
        going.forEach(Run::cancel);
        going.forEach(this::cancel);
    }
}
