package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.DueQueue;
import dev.canyon.engine.fault.Per;
import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramHold;
import dev.canyon.engine.fault.datagram.DatagramStage;
import dev.canyon.engine.fault.stream.Marks;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends copies besides the original: of datagrams, or of replies on a TCP stream with framing. Of one datagram at most 1,000, and
 * of one reply at most 100 and 4 MiB, however many faults do so.
 */
public record Duplicate(
        @Setting(title = "Copies", text = "Copies of each datagram or reply.", min = 1, max = 100, defaultsTo = "1")
        int copies,

        @Setting(
                title = "Gap",
                text = "Time between the original and its first copy, and between copies.",
                max = FaultTypes.MAX_DELAY_MILLIS,
                defaultsTo = "0")
        Duration gap)
        implements StreamEffect, DatagramEffect {

    private static final SettingsRecord<Duplicate> FIELDS = SettingsRecord.of(Duplicate.class);

    public Duplicate {
        FIELDS.check(copies, gap);
    }

    @Override
    public boolean amplifies() {
        return true;
    }

    @Override
    public boolean needsFraming() {
        return true;
    }

    /** What arrives on TCP is not divided into messages yet. */
    @Override
    public Set<Direction> directions(Protocol protocol) {
        return protocol == Protocol.TCP ? EnumSet.of(Direction.OUT) : directions();
    }

    @Override
    public boolean choosesConnections() {
        return false;
    }

    @Override
    public Per defaultPer(Protocol protocol) {
        return Per.FLOW;
    }

    @Override
    public StreamStage streamStage() {
        return new Stream();
    }

    @Override
    public DatagramStage datagramStage() {
        return new Datagrams();
    }

    /** A copy of a reply that is sent later. */
    private record Copy(ByteBuf bytes, Marks marks) {}

    /** The subjects are replies. */
    private final class Stream extends StreamStage {

        /** Copies that are held before reading pauses, which bounds what very short ones cost besides their bytes. */
        private static final int MAX_HELD = 1_000;

        private @Nullable DueQueue<Copy> held;
        /** Ends of the stream that wait for copies. */
        private final Queue<Object> ends = new ArrayDeque<>(1);

        @Override
        protected void bytes(ByteBuf bytes) {
            if (marks().isReply() && isChosen(stream().nextNumber(fault()))) {
                mark();
                fault().applied();
                sendCopies(bytes, marks());
            }
            forward(bytes);
        }

        /** @param number of the reply */
        private boolean isChosen(long number) {
            return fault().fault().per(Protocol.TCP) == Per.FLOW
                    ? fault().fault().when().chooses(seed(), number)
                    : fault().chooses(number);
        }

        /** Copies without a gap are sent before the original, which cannot be told apart. */
        private void sendCopies(ByteBuf reply, Marks marks) {
            long now = System.nanoTime();
            int length = reply.readableBytes();
            for (int i = 1; i <= copies && marks.copy(length); i++) {
                ByteBuf copy = stream().alloc().buffer(length).writeBytes(reply, reply.readerIndex(), length);
                stream().added(length);
                if (gap.isZero()) {
                    forwardAdded(copy, marks);
                } else {
                    stream().hold(length);
                    queue().add(new Copy(copy, marks), now + i * gap.toNanos());
                }
            }
            if (held != null && held.size() > MAX_HELD) {
                stream().pause(this);
            }
        }

        private DueQueue<Copy> queue() {
            if (held == null) {
                held = new DueQueue<>(stream().loop(), this::leave, this::left);
            }
            return held;
        }

        private void leave(Copy copy) {
            stream().unhold(copy.bytes.readableBytes());
            forwardAdded(copy.bytes, copy.marks);
        }

        private void left() {
            while (queue().isEmpty() && !ends.isEmpty()) {
                stream().holdEnd(false);
                forwardEnd(ends.remove());
            }
            if (queue().size() <= MAX_HELD / 2) {
                stream().resume(this);
            }
            stream().flush();
        }

        @Override
        protected void end(Object end) {
            if (held == null || held.isEmpty()) {
                forwardEnd(end);
            } else {
                stream().holdEnd(true);
                ends.add(end);
            }
        }

        @Override
        protected void release() {
            if (held != null) {
                held.drain().forEach(this::leave);
                left();
            }
        }

        @Override
        protected void discard() {
            if (held != null) {
                held.drain().forEach(copy -> copy.bytes.release());
            }
        }
    }

    private final class Datagrams extends DatagramHold {

        @Override
        protected void chosen(Datagram datagram, long number) {
            if (!endpoint().mayAmplify()) {
                forward(datagram);
                return;
            }
            applied(datagram);
            long now = System.nanoTime();
            for (int i = 1; i <= copies && datagram.mayCopy(); i++) {
                Datagram copy = datagram.copy();
                endpoint().copied(copy);
                if (gap.isZero()) {
                    // Sent before the original, which cannot be told apart.
                    forward(copy);
                } else {
                    forwardAt(copy, now + i * gap.toNanos());
                }
            }
            forward(datagram);
        }
    }
}
