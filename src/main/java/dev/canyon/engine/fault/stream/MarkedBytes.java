package dev.canyon.engine.fault.stream;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The marks of the bytes that a stage has received and neither forwarded nor dropped yet, which it does in order. Empty while
 * they have none.
 */
final class MarkedBytes {

    private final Queue<Range> ranges = new ArrayDeque<>(1);
    private @Nullable Range current;
    private long received;
    private long passed;

    /** Bytes with the same marks, by their positions among those received. */
    private static final class Range {
        private final long from;
        private final long to;
        private Marks marks;

        Range(long from, long to, Marks marks) {
            this.from = from;
            this.to = to;
            this.marks = marks;
        }
    }

    /**
     * Bytes arrive at the stage.
     *
     * @param bytes at least 1
     */
    void received(int bytes, Marks marks) {
        current = null;
        if (!marks.isNone()) {
            current = new Range(received, received + bytes, marks);
            ranges.add(current);
        }
        received += bytes;
    }

    /** The stage has accepted the bytes. */
    void accepted() {
        current = null;
    }

    /** Marks what the stage is receiving; does nothing between calls. */
    void mark(String faultId) {
        if (current != null) {
            current.marks = current.marks.with(faultId);
        }
    }

    /** The marks of what the stage is receiving; none between calls. */
    Marks receiving() {
        return current == null ? Marks.NONE : current.marks;
    }

    /** Bytes leave the stage. @return their marks: those of the first, because a stage does not join what it received */
    Marks passed(int bytes) {
        Range first = ranges.peek();
        if (bytes == 0 || first == null) {
            passed += bytes;
            return Marks.NONE;
        }
        Marks marks = first.from <= passed ? first.marks : Marks.NONE;
        passed += bytes;
        while (first != null && first.to <= passed) {
            ranges.remove();
            first = ranges.peek();
        }
        return marks;
    }
}
