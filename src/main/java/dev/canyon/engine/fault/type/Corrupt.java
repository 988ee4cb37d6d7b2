package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.Draws;
import dev.canyon.engine.fault.Per;
import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramStage;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;
import dev.canyon.net.Protocol;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Flips bits: in a datagram, or in each block of a stream. */
public record Corrupt(
        @Setting(title = "Bits", text = "Number of bits to flip, all different.", min = 1, max = 1024, defaultsTo = "1")
        int bits,

        @Setting(
                title = "Every",
                text =
                        "TCP only: the size of the blocks that the stream is divided into; the bits are flipped in each block"
                                + " that is chosen.",
                unit = Unit.BYTES,
                min = 1,
                max = 1_000_000_000,
                defaultsTo = "" + Corrupt.BLOCK_BYTES)
        int everyBytes)
        implements StreamEffect, DatagramEffect {

    private static final int BLOCK_BYTES = 1024;

    private static final SettingsRecord<Corrupt> FIELDS = SettingsRecord.of(Corrupt.class);

    public Corrupt {
        FIELDS.check(bits, everyBytes);
    }

    @Override
    public @Nullable FieldProblem problem(Protocol protocol) {
        if (protocol == Protocol.UDP) {
            return everyBytes == BLOCK_BYTES
                    ? null
                    : new FieldProblem("everyBytes", "is for TCP; leave it out, the bits are flipped in each datagram");
        }
        long available = (long) Byte.SIZE * everyBytes;
        return bits <= available
                ? null
                : new FieldProblem("bits", "must be at most " + available + ", the bits of everyBytes, not " + bits);
    }

    @Override
    public StreamStage streamStage() {
        return new Stream();
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
    public DatagramStage datagramStage() {
        return new Datagrams();
    }

    /**
     * Distinct positions of bits, in ascending order.
     *
     * @param bitCount the number of bits that there are
     */
    private Set<Long> positions(long seed, long bitCount) {
        Set<Long> positions = new TreeSet<>();
        for (long draw = 1; positions.size() < Math.min(bits, bitCount); draw++) {
            positions.add(Math.floorMod(Draws.draw(seed, draw), bitCount));
        }
        return positions;
    }

    private static void flip(ByteBuf bytes, int offset, int bit) {
        int index = bytes.readerIndex() + offset;
        bytes.setByte(index, bytes.getByte(index) ^ 1 << bit);
    }

    /** The subjects are the blocks, so that the choice does not depend on how reads cut the stream. */
    private final class Stream extends StreamStage {

        private long block = -1;
        private boolean blockApplied;
        private Set<Long> flips = Set.of();

        @Override
        protected void bytes(ByteBuf bytes) {
            long from = position();
            long to = from + bytes.readableBytes();
            for (long each = from / everyBytes; each * everyBytes < to; each++) {
                enter(each);
                for (long bit : flips) {
                    long at = each * everyBytes + bit / Byte.SIZE;
                    if (at >= from && at < to) {
                        flip(bytes, (int) (at - from), (int) (bit % Byte.SIZE));
                        count();
                    }
                }
            }
            forward(bytes);
        }

        private void enter(long next) {
            if (next == block) {
                return;
            }
            block = next;
            blockApplied = false;
            flips = isChosen(next + 1)
                    ? positions(Draws.seedOf(seed(), next + 1), (long) everyBytes * Byte.SIZE)
                    : Set.of();
        }

        /** @param number of the block in the stream */
        private boolean isChosen(long number) {
            return fault().fault().per(Protocol.TCP) == Per.FLOW
                    ? fault().fault().when().chooses(seed(), number)
                    : fault().chooses(stream().nextNumber(fault()));
        }

        private void count() {
            mark();
            if (blockApplied) {
                fault().touched();
            } else {
                blockApplied = true;
                fault().applied();
            }
        }
    }

    private final class Datagrams extends DatagramStage {
        @Override
        protected void chosen(Datagram datagram, long number) {
            if (datagram.payload().isReadable()) {
                applied(datagram);
                ByteBuf payload = datagram.keep().payload();
                for (long bit : positions(seed(number), (long) payload.readableBytes() * Byte.SIZE)) {
                    flip(payload, (int) (bit / Byte.SIZE), (int) (bit % Byte.SIZE));
                }
            }
            forward(datagram);
        }
    }
}
