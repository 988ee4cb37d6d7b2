package dev.canyon.engine.fault.stream;

import dev.canyon.engine.fault.Markable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What travels with bytes on their way: for captures, the message in which they arrived and the ids of the faults that were
 * applied to them; and whether they are a whole reply to a message.
 */
public final class Marks {

    /** Of bytes that are neither captured nor a whole reply. */
    public static final Marks NONE = new Marks(Markable.NONE, List.of(), null);

    /** Each fault that copies would otherwise multiply the copies of those before it. */
    private static final int MAX_COPIES = 100;

    private static final long MAX_COPIED_BYTES = 4 * 1024 * 1024;

    private final Markable origin;
    private final List<String> faults;
    private final @Nullable Reply reply;

    /** A reply to a message, and all its copies. */
    private static final class Reply {
        private int copies;
        private long copiedBytes;
    }

    private Marks(Markable origin, List<String> faults, @Nullable Reply reply) {
        this.origin = origin;
        this.faults = faults;
        this.reply = reply;
    }

    /**
     * Of bytes to which no fault was applied.
     *
     * @param origin the message in which they arrived
     */
    public static Marks of(Markable origin) {
        return new Marks(origin, List.of(), null);
    }

    /** Of the same bytes, which are a whole reply to a message, on a stream with framing. */
    public Marks ofReply() {
        return new Marks(origin, faults, new Reply());
    }

    /** Whether the bytes are a whole reply to a message. */
    public boolean isReply() {
        return reply != null;
    }

    /** Counts another copy of the reply. @return false if there are as many as allowed, however many faults copy */
    public boolean copy(int bytes) {
        if (reply == null || reply.copies >= MAX_COPIES || reply.copiedBytes + bytes > MAX_COPIED_BYTES) {
            return false;
        }
        reply.copies++;
        reply.copiedBytes += bytes;
        return true;
    }

    /** In the order of their effect. */
    public List<String> faults() {
        return faults;
    }

    boolean isNone() {
        return equals(NONE);
    }

    Marks with(String faultId) {
        return isNone() || faults.contains(faultId)
                ? this
                : new Marks(
                        origin,
                        Stream.concat(faults.stream(), Stream.of(faultId)).toList(),
                        reply);
    }

    /** The bytes will not be sent: notes the faults on the message in which they arrived. */
    void discarded() {
        faults.forEach(origin::mark);
    }
}
