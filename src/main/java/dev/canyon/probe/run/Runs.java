package dev.canyon.probe.run;

import dev.canyon.transport.ClientSockets;
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

    private static final int SECONDS_TO_CANCEL = 5;

    private static final int SECONDS_BETWEEN_RESTORES = 2;

    private final TransportKind kind;
    private final RunLimits limits;
    private final RunAdmission admission;
    private final RunStore store;
    /** By id, and so by time. */
    private final NavigableMap<String, Run> runs = new ConcurrentSkipListMap<>();

    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean closed;

    public Runs(TransportKind kind, RunLimits limits, RunStore store) {
        this.kind = kind;
        this.limits = limits;
        this.admission = new RunAdmission(limits);
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
        admission.require(spec, running());
        Instant now = Instant.now();
        int threads = threads();
        String id = newId(now);
        ClientSockets sockets = ClientSockets.open(kind, threads, "canyon-run-loop");
        try {
            Load load = new Load(spec, protocol, target, sockets, threads);
            Run run = new Run(id, spec, now, load);
            Thread thread = new Thread(() -> make(run, spec, load, now), "canyon-run-" + id);
            thread.setDaemon(true);
            runs.put(id, run);
            thread.start();
            return run;
        } catch (RuntimeException | Error ex) {
            // No memory, or no thread: it is as if it had never been asked for.
            runs.remove(id);
            sockets.close();
            throw ex;
        }
    }

    /** Half of the processors, so that the listeners have theirs. */
    private static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private void make(Run run, RunSpec spec, Load load, Instant startedAt) {
        RunRecord end;
        try {
            load.run();
            end = ended(run.id(), spec, load, startedAt);
        } catch (InterruptedException ex) {
            load.cancel();
            end = ended(run.id(), spec, load, startedAt);
        } catch (RuntimeException | Error ex) {
            // What it has found so far may be wrong. Whatever it was, the run is over and its place is free.
            log.error("Run {} broke off", run.id(), ex);
            end = broken(run.id(), spec, startedAt, ex);
        }
        finish(run, end);
    }

    private static RunRecord broken(String id, RunSpec spec, Instant startedAt, Throwable cause) {
        return new RunRecord(
                id,
                RunState.FAILED,
                startedAt,
                Instant.now(),
                0,
                Verdict.INCONCLUSIVE,
                spec,
                null,
                "something of ours broke, see the log: " + cause);
    }

    private static RunRecord ended(String id, RunSpec spec, Load load, Instant startedAt) {
        RunResult result = load.result();
        String detail = !load.isCancelled() && result.sent() == 0 ? "no connection was established" : null;
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

    /**
     * Ends a run, if it is not over, and waits until it is.
     *
     * @return how it ended; how it is after five seconds, should it still not be over then
     */
    public RunRecord cancel(Run run) {
        run.cancel();
        try {
            return run.finished().get(SECONDS_TO_CANCEL, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException ex) {
            log.warn("Run {} is cancelled, but goes on", run.id());
            return run.record();
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
