package dev.canyon.engine.fault.stream;

import dev.canyon.engine.fault.Markable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a capture is to know about bytes on their way: the message in which they arrived, and the ids of the faults that were
 * applied to them. Immutable.
 */
public final class Marks {

    /** Of bytes that are not captured. */
    public static final Marks NONE = new Marks(Markable.NONE, List.of());

    private final Markable origin;
    private final List<String> faults;

    private Marks(Markable origin, List<String> faults) {
        this.origin = origin;
        this.faults = faults;
    }

    /**
     * Of bytes to which no fault was applied.
     *
     * @param origin the message in which they arrived
     */
    public static Marks of(Markable origin) {
        return new Marks(origin, List.of());
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
                        Stream.concat(faults.stream(), Stream.of(faultId)).toList());
    }

    /** The bytes will not be sent: notes the faults on the message in which they arrived. */
    void discarded() {
        faults.forEach(origin::mark);
    }
}
