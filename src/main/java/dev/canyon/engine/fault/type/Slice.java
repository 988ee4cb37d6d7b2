package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.Draws;
import dev.canyon.engine.fault.stream.OrderedHold;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;
import dev.canyon.net.Protocol;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts replies into segments that leave one by one. */
public record Slice(
        @Setting(title = "Segment size", text = "Bytes of a segment.", unit = Unit.BYTES, min = 1, max = 65_536)
        int bytes,

        @Setting(
                title = "Variation",
                text = "How many bytes a segment may be smaller or larger.",
                unit = Unit.BYTES,
                max = 65_535,
                defaultsTo = "0")
        int variationBytes,

        @Setting(title = "Delay", text = "Time between segments.", max = FaultTypes.MAX_DELAY_MILLIS, defaultsTo = "0")
        Duration delay)
        implements StreamEffect {

    private static final SettingsRecord<Slice> FIELDS = SettingsRecord.of(Slice.class);

    public Slice {
        FIELDS.check(bytes, variationBytes, delay);
    }

    @Override
    public Set<Direction> directions() {
        return EnumSet.of(Direction.OUT);
    }

    @Override
    public @Nullable FieldProblem problem(Protocol protocol) {
        return variationBytes < bytes
                ? null
                : new FieldProblem("variationBytes", "must be less than bytes, not " + variationBytes);
    }

    @Override
    public StreamStage streamStage() {
        return new Stream();
    }

    private final class Stream extends OrderedHold {

        /** Where the current segment ends, as a position of the stream. */
        private long cut;

        private long segments;
        private long lastDue = System.nanoTime() - delay.toNanos();

        @Override
        protected void bytes(ByteBuf reply) {
            applied();
            long position = position();
            while (reply.isReadable()) {
                while (cut <= position) {
                    cut += nextLength();
                }
                int length = (int) Math.min(reply.readableBytes(), cut - position);
                position += length;
                segment(reply.readRetainedSlice(length));
            }
            reply.release();
        }

        private void segment(ByteBuf segment) {
            boolean first = isEmpty();
            long earliest = lastDue + delay.toNanos();
            long now = System.nanoTime();
            lastDue = earliest - now > 0 ? earliest : now;
            pass(segment, lastDue);
            if (first) {
                stream().flushApart();
            }
        }

        /** Each segment is written to the socket separately. */
        @Override
        protected void left() {
            stream().flushApart();
        }

        private long nextLength() {
            segments++;
            double deviation = 2 * Draws.fraction(seed(), segments) - 1;
            return Math.max(1, bytes + Math.round(deviation * variationBytes));
        }

        @Override
        protected void end(Object end) {
            passEnd(end, isEmpty() ? System.nanoTime() : lastDue);
        }
    }
}
