package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.Draws;
import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramHold;
import dev.canyon.engine.fault.datagram.DatagramStage;
import dev.canyon.engine.fault.stream.OrderedHold;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import dev.canyon.net.WireName;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Holds bytes or datagrams back. A TCP stream keeps its order; datagrams do so on request. */
public record Latency(
        @Setting(
                title = "Delay",
                text = "How long each byte or datagram is held back.",
                max = FaultTypes.MAX_DELAY_MILLIS)
        Duration delay,

        @Setting(
                title = "Jitter",
                text = "How much the delay varies.",
                max = FaultTypes.MAX_DELAY_MILLIS,
                defaultsTo = "0")
        Duration jitter,

        @Setting(
                title = "Distribution",
                text =
                        "uniform: the delay plus or minus up to the jitter. normal: the jitter is the standard deviation. pareto:"
                                + " never below the delay, with a long tail of which the jitter is the scale (shape 3).",
                defaultsTo = "uniform")
        Distribution distribution,

        @Setting(
                title = "Keep order",
                text = "UDP only: a datagram never overtakes an earlier one of its flow. TCP always keeps the order.",
                defaultsTo = "false")
        boolean keepOrder)
        implements StreamEffect, DatagramEffect {

    private static final SettingsRecord<Latency> FIELDS = SettingsRecord.of(Latency.class);

    /** Bytes of a stream that share one draw of the jitter. */
    private static final int BLOCK = 64;

    private static final double PARETO_SHAPE = 3;

    public Latency {
        FIELDS.check(delay, jitter, distribution, keepOrder);
    }

    /** How the jitter is distributed. */
    public enum Distribution {
        UNIFORM,
        NORMAL,
        PARETO;

        /** @param fraction 0 to 1, as is {@code other}, of which it is independent */
        private double deviation(double fraction, double other) {
            return switch (this) {
                case UNIFORM -> 2 * fraction - 1;
                // Box and Muller
                case NORMAL -> Math.sqrt(-2 * Math.log(1 - fraction)) * Math.cos(2 * Math.PI * other);
                case PARETO -> Math.pow(1 - fraction, -1 / PARETO_SHAPE) - 1;
            };
        }

        /** The name used in the API. */
        @Override
        public String toString() {
            return WireName.of(this);
        }
    }

    @Override
    public @Nullable FieldProblem problem(Protocol protocol) {
        return keepOrder && protocol == Protocol.TCP
                ? new FieldProblem("keepOrder", "is for UDP; leave it out, TCP always keeps the order")
                : null;
    }

    /** @param number of the block or datagram, 1 or greater */
    private long delayNanos(long seed, long number) {
        if (jitter.isZero()) {
            return delay.toNanos();
        }
        double deviation =
                distribution.deviation(Draws.fraction(seed, 2 * number - 1), Draws.fraction(seed, 2 * number));
        double nanos = delay.toNanos() + deviation * jitter.toNanos();
        return (long) Math.min(Math.max(0, nanos), FaultTypes.MAX_DELAY_MILLIS * 1e6);
    }

    @Override
    public StreamStage streamStage() {
        return new Stream();
    }

    @Override
    public DatagramStage datagramStage() {
        return new Datagrams();
    }

    private final class Stream extends OrderedHold {

        private long lastDue = System.nanoTime();

        @Override
        protected void bytes(ByteBuf bytes) {
            applied();
            long now = System.nanoTime();
            if (jitter.isZero()) {
                pass(bytes, dueAfter(now + delay.toNanos()));
                return;
            }
            // A stream keeps its order, so a byte leaves together with the latest one before it. Bytes that leave
            // together stay
            // together.
            long position = position();
            while (bytes.isReadable()) {
                long block = position / BLOCK;
                long due = dueAfter(now + delayNanos(seed(), block + 1));
                int length = (int) Math.min(bytes.readableBytes(), (block + 1) * BLOCK - position);
                while (length < bytes.readableBytes()
                        && now + delayNanos(seed(), (position + length) / BLOCK + 1) - due <= 0) {
                    length = Math.min(bytes.readableBytes(), length + BLOCK);
                }
                pass(bytes.readRetainedSlice(length), due);
                position += length;
            }
            bytes.release();
        }

        @Override
        protected void end(Object end) {
            passEnd(end, dueAfter(System.nanoTime() + (jitter.isZero() ? delay.toNanos() : 0)));
        }

        private long dueAfter(long due) {
            lastDue = due - lastDue > 0 ? due : lastDue;
            return lastDue;
        }
    }

    private final class Datagrams extends DatagramHold {

        private final Scopes<long[]> lastDue = new Scopes<>(() -> new long[] {System.nanoTime()});

        @Override
        protected void chosen(Datagram datagram, long number) {
            applied(datagram);
            pass(datagram, delayNanos(seed(1), number));
        }

        /** Waits behind those of its flow that are held, if the order is to be kept. */
        @Override
        protected void passing(Datagram datagram) {
            pass(datagram, 0);
        }

        private void pass(Datagram datagram, long delayNanos) {
            long now = System.nanoTime();
            long due = keepOrder ? dueAfter(datagram.source(), now + delayNanos) : now + delayNanos;
            if (due - now <= 0 && !(keepOrder && isHolding())) {
                forward(datagram);
            } else {
                forwardAt(datagram, due);
            }
        }

        private long dueAfter(Object flow, long due) {
            long[] last = lastDue.of(flow);
            last[0] = due - last[0] > 0 ? due : last[0];
            return last[0];
        }
    }
}
