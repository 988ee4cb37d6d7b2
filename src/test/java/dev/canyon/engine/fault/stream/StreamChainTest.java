package dev.canyon.engine.fault.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.Faults;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.Observation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stage forwards may close the connection before the stage has dealt with the rest. */
class StreamChainTest {

    private static final int PIECE = 100;
    private static final int PIECES = 5;

    /** Faults that hold bytes back, alone and in front of one that receives what the first one forwards. */
    static Stream<List<Object[]>> holding() {
        Object[] bandwidth = {"bandwidth", "bytesPerSecond", 20_000_000, "burstBytes", PIECE / 2};
        Object[] latency = {"latency", "delayMs", 1};
        Object[] jitter = {"latency", "delayMs", 1, "jitterMs", 1, "seed", 3};
        Object[] slice = {"slice", "bytes", 7};
        Object[] slowSlice = {"slice", "bytes", 30, "delayMs", 1};
        Object[] stall = {"stall"};
        Object[] late = {"latency", "id", "late", "delayMs", 60_000};
        Object[] narrow = {"bandwidth", "id", "narrow", "bytesPerSecond", 1};
        Object[] silence = {"silence"};
        return Stream.of(bandwidth, latency, jitter, slice, slowSlice, stall)
                .flatMap(first -> Stream.of(
                        List.<Object[]>of(first),
                        List.of(first, late),
                        List.of(late, first),
                        List.of(first, narrow),
                        List.of(first, silence)));
    }

    @ParameterizedTest
    @MethodSource("holding")
    void aConnectionThatClosesWhileAStageForwardsLeavesNothingBehind(List<Object[]> faults) {
        for (int closeAt = 1; closeAt <= 8; closeAt++) {
            Run run = new Run(faults, closeAt);
            run.send();
            run.end();
        }
    }

    /** One connection, which closes when the sink receives a certain part. */
    private static final class Run {

        private final Connection connection = new Connection();
        private final StreamChain chain = new StreamChain(connection, 0, connection);
        private final FaultPoint point = Observation.by(SocketObserver.NONE).faults();
        private final List<ActiveFault> active;

        Run(List<Object[]> faults, int at) {
            active = faults.stream().map(this::add).toList();
            connection.whenReceived(at, chain::discard);
            chain.update(active);
        }

        private ActiveFault add(Object[] fields) {
            List<Object> others = new ArrayList<>(List.of(fields).subList(1, fields.length));
            return Faults.add(point, (String) fields[0], others.toArray());
        }

        void send() {
            for (int i = 0; i < PIECES; i++) {
                ByteBuf piece = connection.alloc().buffer(PIECE);
                for (int k = 0; k < PIECE; k++) {
                    piece.writeByte(i * PIECE + k);
                }
                chain.bytes(piece, Marks.NONE);
                connection.runTimers(0);
            }
            chain.end("end");
            connection.runTimers(3);
        }

        void end() {
            chain.update(List.of());
            chain.discard();
            assertThat(connection.timers).as("timers").isEmpty();
            assertThat(connection.memory.metric().usedHeapMemory()
                            + connection.memory.metric().usedDirectMemory())
                    .as("memory")
                    .isZero();
        }
    }

    /** The end of the chain, with timers that run when the test says so, whose exceptions reach the test. */
    private static final class Connection implements FaultedStream, StreamStage.Next {

        private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
        private final Deque<Runnable> timers = new ArrayDeque<>();
        private int parts;
        private int at;
        private @Nullable Runnable action;

        void whenReceived(int part, Runnable run) {
            at = part;
            action = run;
        }

        /** As an event loop would if its clock were early: stages forward only what is due. */
        void runTimers(long forMillis) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(forMillis);
            do {
                for (int i = timers.size(); i > 0 && !timers.isEmpty(); i--) {
                    timers.remove().run();
                }
            } while (!timers.isEmpty() && System.nanoTime() - until < 0);
        }

        @Override
        public void bytes(ByteBuf bytes, Marks marks) {
            assertThat(bytes.readableBytes()).isPositive();
            bytes.release();
            if (++parts == at && action != null) {
                action.run();
            }
        }

        @Override
        public void end(Object end) {}

        @Override
        public EventExecutor loop() {
            return (EventExecutor) Proxy.newProxyInstance(
                    EventExecutor.class.getClassLoader(),
                    new Class<?>[] {EventExecutor.class},
                    (proxy, method, args) -> {
                        Runnable task = (Runnable) args[0];
                        timers.add(task);
                        return future(task);
                    });
        }

        private Object future(Runnable task) {
            return Proxy.newProxyInstance(
                    ScheduledFuture.class.getClassLoader(),
                    new Class<?>[] {ScheduledFuture.class},
                    (proxy, method, args) -> timers.remove(task));
        }

        @Override
        public ByteBufAllocator alloc() {
            return memory;
        }

        @Override
        public void hold(long bytes) {}

        @Override
        public void unhold(long bytes) {}

        @Override
        public void holdEnd(boolean holds) {}

        @Override
        public void pause(StreamStage stage) {}

        @Override
        public void resume(StreamStage stage) {}

        @Override
        public void discarded(long bytes) {}

        @Override
        public void added(long bytes) {}

        @Override
        public void flush() {}

        @Override
        public void flushApart() {}

        @Override
        public void close(StreamEnd end) {}

        @Override
        public void closeOutput() {}

        @Override
        public long number(ActiveFault fault) {
            return 1;
        }

        @Override
        public long nextNumber(ActiveFault fault) {
            return 1;
        }

        @Override
        public long firstMet(ActiveFault fault, long carried) {
            return carried;
        }

        @Override
        public long age() {
            return 0;
        }
    }
}
