package dev.canyon.engine.fault;

import java.util.SplittableRandom;

/**
 * Random numbers that depend on a seed and a subject's number alone, so that a choice does not depend on what was drawn before,
 * on the transport, or on how reads cut a stream.
 */
public final class Draws {

    /** The increment of {@link SplittableRandom}, which makes consecutive seeds independent. */
    private static final long INCREMENT = 0x9E3779B97F4A7C15L;

    private Draws() {}

    /**
     * The draw of a subject.
     *
     * @param number 1 for the first subject
     */
    public static long draw(long seed, long number) {
        return new SplittableRandom(seed + (number - 1) * INCREMENT).nextLong();
    }

    /** The draw of a subject as a number from 0 (inclusive) to 1 (exclusive). */
    public static double fraction(long seed, long number) {
        return (draw(seed, number) >>> 11) * 0x1.0p-53;
    }

    /**
     * The seed of a sequence of its own: of one connection, or of the values that an effect draws besides the choice of
     * its subjects.
     *
     * @param sequence 1 or greater
     */
    public static long seedOf(long seed, long sequence) {
        return draw(~seed, sequence);
    }
}
