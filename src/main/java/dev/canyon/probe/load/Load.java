package dev.canyon.probe.load;

import dev.canyon.dial.EventLoopDialer;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.net.Protocol;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The traffic of one run, from the first connect to the last response. Run by one thread; any thread may read its result or cancel it. */
public final class Load {

    /** Less than the smallest usual backlog, so that no SYN is dropped and retransmitted. */
    private static final int CONNECT_BATCH = 64;

    /** A cancelled run waits this long for outstanding responses. */
    private static final Duration CANCEL_GRACE = Duration.ofMillis(200);

    /** Duplicates of the last responses usually arrive right after the run would otherwise be over. */
    private static final Duration DUPLICATE_GRACE = Duration.ofMillis(50);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final RunSpec spec;
    private final Protocol protocol;
    private final InetSocketAddress target;
    private final EventLoopDialer dialer;
    private final LoadClock clock = new LoadClock();
    private final List<EventLoopLoad> loopLoads = new ArrayList<>();
    private final List<LoadFlow> flows = new ArrayList<>();
    private final Bootstrap connector;
    private final @Nullable ClientTls tls;
    private final HandshakeMeter handshakes = new HandshakeMeter();
    private final LoadMeter meter;
    private final @Nullable Load warmup;
    private int openFlows;
    private boolean cancelled;

    /**
     * @param tls of each connection; null for plain text
     * @param dialer closed with the load
     */
    public Load(
            RunSpec spec,
            Protocol protocol,
            InetSocketAddress target,
            @Nullable ClientTls tls,
            EventLoopDialer dialer,
            int threads) {
        this.spec = spec;
        this.protocol = protocol;
        this.target = target;
        this.tls = tls;
        this.dialer = dialer;
        for (int i = 0; i < Math.min(threads, spec.connections()); i++) {
            loopLoads.add(new EventLoopLoad(dialer.nextLoop(), clock, spec));
        }
        LoadPayload payload = new LoadPayload(spec.messageBytes());
        for (int i = 0; i < spec.connections(); i++) {
            flows.add(newFlow(i, loopLoads.get(i % loopLoads.size()), payload));
        }
        this.openFlows = flows.size();
        this.connector = switch (protocol) {
            case TCP -> dialer.tcp(spec.timeout());
            case UDP -> dialer.udp(target, spec.messageBytes(), spec.window());
        };
        this.meter = new LoadMeter(
                spec, clock, loopLoads.stream().map(each -> each.counters).toList());
        this.warmup =
                spec.warmup().isZero() ? null : new Load(spec.forWarmup(), protocol, target, tls, dialer, threads);
    }

    private LoadFlow newFlow(int index, EventLoopLoad loopLoad, LoadPayload payload) {
        LoadFlow flow = switch (protocol) {
            case TCP -> new TcpLoadFlow(index, loopLoad, spec, payload, tls, handshakes, this::flowEnded);
            case UDP -> new UdpLoadFlow(index, loopLoad, spec, payload, this::flowEnded);
        };
        loopLoad.add(flow);
        return flow;
    }

    /** Runs the load. Blocks until it is over and every socket is closed. An interrupt cancels it. */
    public void run() throws InterruptedException {
        try (dialer) {
            if (warmup != null) {
                warmup.sendAndReceive();
            }
            if (!isCancelled()) {
                sendAndReceive();
            }
        }
    }

    private void sendAndReceive() throws InterruptedException {
        try {
            connect();
            clock.start();
            onEachLoop(EventLoopLoad::start);
            await(spec.duration(), this::isOver);
            onEachLoop(EventLoopLoad::stop);
            await(spec.timeout(), this::isOver);
            if (isCancelled()) {
                await(CANCEL_GRACE, this::allFlowsOver);
            } else if (protocol == Protocol.UDP) {
                awaitExtraResponses();
            }
        } finally {
            onEachLoop(EventLoopLoad::close);
            flows.forEach(LoadFlow::awaitClosed);
            meter.stop();
        }
    }

    private void connect() throws InterruptedException {
        for (int from = 0; from < flows.size() && !isCancelled(); from += CONNECT_BATCH) {
            List<LoadFlow> batch = flows.subList(from, Math.min(from + CONNECT_BATCH, flows.size()));
            CountDownLatch settled = new CountDownLatch(batch.size());
            batch.forEach(flow -> connect(flow, settled));
            while (!settled.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS) && !isCancelled()) {
                // At most the connect timeout.
            }
            if (batch.stream().noneMatch(LoadFlow::isOpen)) {
                // Waiting for the others, too, would take a quarter of an hour for a thousand connections.
                flows.subList(from + batch.size(), flows.size()).forEach(flow -> flow.load.loop.execute(flow::skip));
                return;
            }
        }
    }

    private void connect(LoadFlow flow, CountDownLatch settled) {
        Future<Channel> connected =
                dialer.connect(connector, flow.load.loop, target, flow, spec.proxyHeader(), flow.newTls());
        connected.addListener(done -> {
            if (done.isSuccess()) {
                flow.opened(connected.getNow());
            } else {
                flow.failed(done.cause());
            }
            settled.countDown();
        });
    }

    /** Waits until the condition holds or the time has passed, and closes the interval of each second. */
    private void await(Duration timeout, BooleanSupplier condition) throws InterruptedException {
        long end = clock.now() + timeout.toNanos();
        long left;
        while ((left = end - clock.now()) > 0 && !condition.getAsBoolean()) {
            waitFor(Math.min(left, meter.untilNextInterval()), condition);
            meter.tick();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its caller is the loop
    private synchronized void waitFor(long nanos, BooleanSupplier condition) throws InterruptedException {
        if (!condition.getAsBoolean() && nanos > 0) {
            wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    }

    /** Waits for duplicates of the last responses, and for late responses. Waits longer if any have arrived, because more may follow. */
    private void awaitExtraResponses() throws InterruptedException {
        pause(DUPLICATE_GRACE);
        if (meter.hasExtraResponses()) {
            pause(spec.timeout());
        }
    }

    private void pause(Duration time) throws InterruptedException {
        long end = clock.now() + time.toNanos();
        long left;
        while ((left = end - clock.now()) > 0 && !isCancelled()) {
            waitFor(left, this::isCancelled);
        }
    }

    private synchronized boolean isOver() {
        return openFlows == 0 || cancelled;
    }

    private synchronized boolean allFlowsOver() {
        return openFlows == 0;
    }

    private synchronized void flowEnded() {
        openFlows--;
        if (openFlows == 0) {
            notifyAll();
        }
    }

    public void cancel() {
        if (warmup != null) {
            warmup.cancel();
        }
        synchronized (this) {
            cancelled = true;
            notifyAll();
        }
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    private void onEachLoop(Consumer<EventLoopLoad> step) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(loopLoads.size());
        for (EventLoopLoad loopLoad : loopLoads) {
            loopLoad.loop.execute(() -> {
                try {
                    step.accept(loopLoad);
                } finally {
                    done.countDown();
                }
            });
        }
        if (!done.await(5, TimeUnit.SECONDS)) {
            throw new IllegalStateException("an event loop of the run is blocked");
        }
    }

    /** Returns 0 to 1, by time or by messages, whichever is further. */
    public double progress() {
        return meter.progress();
    }

    public RunResult result() {
        return tls == null ? meter.result() : meter.result().with(handshakes.read());
    }
}
