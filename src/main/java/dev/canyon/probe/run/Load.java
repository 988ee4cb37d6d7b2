package dev.canyon.probe.run;

import dev.canyon.transport.ClientSockets;
import dev.canyon.transport.Protocol;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run, from the first connect to the last answer. It is made by one thread; any other may look, or cancel it. */
final class Load {

    /** Fewer than the smallest usual backlog, so that connecting waits for no repeated SYN. */
    private static final int CONNECTS_AT_ONCE = 64;

    /** One that is cancelled waits so long for what is on its way. */
    private static final Duration LAST_ANSWERS = Duration.ofMillis(200);

    /** Second copies of the last answers come right after the first, when nothing is waited for any more. */
    private static final Duration LAST_COPIES = Duration.ofMillis(50);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final RunSpec spec;
    private final Protocol protocol;
    private final InetSocketAddress target;
    private final ClientSockets sockets;
    private final Clock clock = new Clock();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();
    private final Bootstrap connector;
    private final Meter meter;
    private final @Nullable Load warmup;
    private int flowsLeft;
    private boolean cancelled;

    /** @param sockets are closed with it */
    Load(RunSpec spec, Protocol protocol, InetSocketAddress target, ClientSockets sockets, int threads) {
        this.spec = spec;
        this.protocol = protocol;
        this.target = target;
        this.sockets = sockets;
        for (int i = 0; i < Math.min(threads, spec.connections()); i++) {
            lanes.add(new Lane(sockets.nextLoop(), clock, spec));
        }
        Payload payload = new Payload(spec.messageBytes());
        for (int i = 0; i < spec.connections(); i++) {
            flows.add(newFlow(i, lanes.get(i % lanes.size()), payload));
        }
        this.flowsLeft = flows.size();
        this.connector = switch (protocol) {
            case TCP -> sockets.tcp(spec.timeout());
            case UDP -> sockets.udp(target, spec.messageBytes(), spec.window());
        };
        this.meter =
                new Meter(spec, clock, lanes.stream().map(lane -> lane.tally).toList());
        this.warmup = spec.warmup().isZero() ? null : new Load(spec.ofWarmup(), protocol, target, sockets, threads);
    }

    private Flow newFlow(int index, Lane lane, Payload payload) {
        Flow flow = switch (protocol) {
            case TCP -> new TcpFlow(index, lane, spec, payload, this::flowOver);
            case UDP -> new UdpFlow(index, lane, spec, payload, this::flowOver);
        };
        lane.add(flow);
        return flow;
    }

    /** Makes the run. Blocks until it is over and every socket is closed. An interrupt cancels it. */
    void run() throws InterruptedException {
        try (sockets) {
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
            onEachLane(Lane::begin);
            await(spec.duration(), this::isOver);
            onEachLane(Lane::stop);
            await(spec.timeout(), this::isOver);
            if (isCancelled()) {
                await(LAST_ANSWERS, this::noFlowIsLeft);
            } else if (protocol == Protocol.UDP) {
                Thread.sleep(LAST_COPIES.toMillis());
            }
        } finally {
            onEachLane(Lane::hangUp);
            flows.forEach(Flow::awaitClosed);
            meter.end();
        }
    }

    private void connect() throws InterruptedException {
        for (int from = 0; from < flows.size() && !isCancelled(); from += CONNECTS_AT_ONCE) {
            List<Flow> some = flows.subList(from, Math.min(from + CONNECTS_AT_ONCE, flows.size()));
            CountDownLatch settled = new CountDownLatch(some.size());
            some.forEach(flow -> connect(flow, settled));
            while (!settled.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS) && !isCancelled()) {
                // Not longer than the timeout of connecting.
            }
            if (some.stream().noneMatch(Flow::isOpen)) {
                // To wait as long for each of the others would take a thousand connections to nowhere a quarter of an
                // hour.
                flows.subList(from + some.size(), flows.size()).forEach(flow -> flow.lane.loop.execute(flow::notTried));
                return;
            }
        }
    }

    private void connect(Flow flow, CountDownLatch settled) {
        ChannelFuture connected = connector.clone(flow.lane.loop).handler(flow).connect(target);
        connected.addListener(done -> {
            if (done.isSuccess()) {
                flow.opened(connected.channel());
            } else {
                flow.failed(done.cause());
            }
            settled.countDown();
        });
    }

    /** Waits until it is over in some sense or the time is; measures every second of it. */
    private void await(Duration atMost, BooleanSupplier over) throws InterruptedException {
        long end = clock.now() + atMost.toNanos();
        long left;
        while ((left = end - clock.now()) > 0 && !over.getAsBoolean()) {
            waitFor(Math.min(left, meter.untilNextInterval()), over);
            meter.tick();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its caller is the loop
    private synchronized void waitFor(long nanos, BooleanSupplier over) throws InterruptedException {
        if (!over.getAsBoolean() && nanos > 0) {
            wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    }

    private synchronized boolean isOver() {
        return flowsLeft == 0 || cancelled;
    }

    private synchronized boolean noFlowIsLeft() {
        return flowsLeft == 0;
    }

    private synchronized void flowOver() {
        flowsLeft--;
        if (flowsLeft == 0) {
            notifyAll();
        }
    }

    void cancel() {
        if (warmup != null) {
            warmup.cancel();
        }
        synchronized (this) {
            cancelled = true;
            notifyAll();
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    private void onEachLane(Consumer<Lane> step) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(lanes.size());
        for (Lane lane : lanes) {
            lane.loop.execute(() -> {
                try {
                    step.accept(lane);
                } finally {
                    done.countDown();
                }
            });
        }
        if (!done.await(5, TimeUnit.SECONDS)) {
            throw new IllegalStateException("an event loop of the run does not answer");
        }
    }

    /** 0 to 1, by time or by messages, whichever is further. */
    double progress() {
        return meter.progress();
    }

    RunResult result() {
        return meter.result();
    }
}
