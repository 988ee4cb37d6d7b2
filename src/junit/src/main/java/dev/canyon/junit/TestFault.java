package dev.canyon.junit;

import dev.canyon.engine.fault.AcceptEffect;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.FaultEffect;
import dev.canyon.engine.fault.When;
import dev.canyon.engine.peer.Direction;
import java.util.List;

/**
 * A fault and what it is applied to: all connections or datagrams unless restricted. Connections of the listener are numbered from 1,
 * as are the datagrams of each client. {@link Faults#corrupt} on TCP is applied to blocks of 1024 bytes, which are numbered in each
 * connection. Immutable: each method returns a changed copy. {@link Faults} creates them.
 *
 * <p>The same fault and the same traffic give the same random choices; another {@link #seed} gives others.
 *
 * @param <P> the protocol that it can be applied to
 */
public final class TestFault<P> {

    /** Faults for TCP. */
    public interface Tcp {}

    /** Faults for UDP. */
    public interface Udp {}

    /** Faults for both. */
    public interface TcpAndUdp extends Tcp, Udp {}

    private final FaultEffect effect;
    private final Direction direction;
    private final When when;
    private final long seed;

    private TestFault(FaultEffect effect, Direction direction, When when, long seed) {
        this.effect = effect;
        this.direction = direction;
        this.when = when;
        this.seed = seed;
    }

    static <P> TestFault<P> of(FaultEffect effect) {
        Direction direction = effect.directions().contains(Direction.OUT) ? Direction.OUT : Direction.IN;
        return new TestFault<>(effect, direction, new When.Always(), 1);
    }

    /** Only the first connections or datagrams since the fault was added. */
    public TestFault<P> first(long count) {
        return when(new When.First(count));
    }

    /** All but the first connections or datagrams since the fault was added. */
    public TestFault<P> after(long count) {
        return when(new When.After(count));
    }

    /** Every n-th connection or datagram. */
    public TestFault<P> every(long n) {
        return when(new When.Every(n));
    }

    /**
     * Each connection or datagram with this probability.
     *
     * @param probability 0 to 1
     */
    public TestFault<P> withProbability(double probability) {
        return when(new When.Probability(probability));
    }

    /**
     * Applied to what arrives, before it is answered, instead of to replies.
     *
     * @throws IllegalArgumentException if the fault is for replies only
     */
    public TestFault<P> inbound() {
        if (!effect.directions().contains(Direction.IN)) {
            throw new IllegalArgumentException("this fault can be applied to replies only");
        }
        return new TestFault<>(effect, Direction.IN, when, seed);
    }

    /** Determines the random choices. */
    public TestFault<P> seed(long value) {
        return new TestFault<>(effect, direction, when, value);
    }

    private TestFault<P> when(When choice) {
        if (effect instanceof AcceptEffect) {
            throw new IllegalArgumentException("this fault concerns all clients");
        }
        return new TestFault<>(effect, direction, choice, seed);
    }

    FaultEffect effect() {
        return effect;
    }

    Fault named(String id) {
        return new Fault(id, effect, direction, when, null, List.of(), seed, null);
    }
}
