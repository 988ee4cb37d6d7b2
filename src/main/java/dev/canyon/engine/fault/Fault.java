package dev.canyon.engine.fault;

import dev.canyon.engine.peer.Direction;
import dev.canyon.net.Cidr;
import dev.canyon.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault as it was requested. Two equal faults that see the same traffic do the same.
 *
 * @param id a DNS label, unique in the listener
 * @param effect what the fault does, with the fields of its type
 * @param direction whether it applies to what arrives, before it is answered, or to replies; the effect must support it
 * @param when which subjects it is applied to
 * @param chosenPer what the numbers of subjects count within; null for the default of the effect
 * @param sources the clients that it concerns; empty for all
 * @param seed 0 to 2<sup>53</sup>-1; determines every random choice, see {@link Draws}
 * @param cycle when it is in force; null for always
 */
public record Fault(
        String id,
        FaultEffect effect,
        Direction direction,
        When when,
        @Nullable Per chosenPer,
        List<Cidr> sources,
        long seed,
        @Nullable Cycle cycle) {

    /** The largest seed, which a JSON number represents exactly. */
    public static final long MAX_SEED = (1L << 53) - 1;

    public Fault {
        if (seed < 0 || seed > MAX_SEED) {
            throw new IllegalArgumentException("seed: " + seed + " (expected: 0 to " + MAX_SEED + ")");
        }
        if (!effect.directions().contains(direction)) {
            throw new IllegalArgumentException("direction: " + direction + " (expected: " + effect.directions() + ")");
        }
        sources = List.copyOf(sources);
    }

    /** What the numbers of subjects count within. */
    public Per per(Protocol protocol) {
        return chosenPer == null ? effect.defaultPer(protocol) : chosenPer;
    }

    /** Whether the fault concerns clients at this address. */
    public boolean concerns(InetAddress source) {
        return sources.isEmpty() || Cidr.anyContains(sources, source);
    }

    /** Whether the same subjects are selected, so that choices already made remain valid. */
    boolean selectsLike(Fault other) {
        return id.equals(other.id)
                && effect.getClass().equals(other.effect.getClass())
                && direction == other.direction
                && when.equals(other.when)
                && chosenPer == other.chosenPer
                && sources.equals(other.sources)
                && seed == other.seed;
    }
}
