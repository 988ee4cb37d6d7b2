package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.DueQueue;
import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramStage;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.net.Protocol;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds datagrams back so that later ones of the same scope overtake them. Counted as applied is each datagram that a later one of
 * its client (address and port) has overtaken, which is reordered as RFC 4737 defines it.
 */
public record Reorder(
        @Setting(
                title = "By datagrams",
                text = "How many later datagrams overtake it. Exactly one of byDatagrams and byMs must be given.",
                max = 10_000,
                defaultsTo = "0")
        int byDatagrams,

        @Setting(
                title = "By time",
                text = "For how long later datagrams overtake it.",
                max = FaultTypes.MAX_DELAY_MILLIS,
                defaultsTo = "0")
        Duration by,

        @Setting(
                title = "Longest hold",
                text = "When it is sent even if too few others came.",
                min = 1,
                max = FaultTypes.MAX_DELAY_MILLIS,
                defaultsTo = "1000")
        Duration maxHold)
        implements DatagramEffect {

    private static final SettingsRecord<Reorder> FIELDS = SettingsRecord.of(Reorder.class);

    public Reorder {
        FIELDS.check(byDatagrams, by, maxHold);
    }

    @Override
    public @Nullable FieldProblem problem(Protocol protocol) {
        return byDatagrams > 0 == by.isZero()
                ? null
                : new FieldProblem("byDatagrams", "set exactly one of byDatagrams and byMs");
    }

    @Override
    public DatagramStage datagramStage() {
        return new Datagrams();
    }

    /** A datagram that is held back. */
    private static final class Held {
        private final Datagram datagram;
        private final Object scope;
        private int overtakenBy;
        private boolean reordered;

        Held(Datagram datagram, Object scope) {
            this.datagram = datagram;
            this.scope = scope;
        }
    }

    private final class Datagrams extends DatagramStage {

        private final Scopes<Deque<Held>> heldOf = new Scopes<>(ArrayDeque::new);
        private @Nullable DueQueue<Held> queue;

        @Override
        protected void chosen(Datagram datagram, long number) {
            if (!endpoint().hold(datagram)) {
                return;
            }
            Held held = new Held(datagram, scopeOf(datagram));
            heldOf.of(held.scope).add(held);
            long nanos = by.isZero() ? maxHold.toNanos() : Math.min(by.toNanos(), maxHold.toNanos());
            queue().add(held, System.nanoTime() + nanos);
        }

        @Override
        protected void passing(Datagram datagram) {
            Deque<Held> waiting = heldOf.of(scopeOf(datagram));
            forward(datagram);
            List<Held> complete = new ArrayList<>();
            for (Held held : waiting) {
                held.overtakenBy++;
                if (!held.reordered && held.datagram.source().equals(datagram.source())) {
                    held.reordered = true;
                    applied(held.datagram);
                }
                if (held.overtakenBy == byDatagrams) {
                    complete.add(held);
                }
            }
            for (Held held : complete) {
                queue().remove(held);
                leave(held);
            }
        }

        private DueQueue<Held> queue() {
            if (queue == null) {
                queue = new DueQueue<>(endpoint().loop(), this::leave, endpoint()::flush);
            }
            return queue;
        }

        private void leave(Held held) {
            heldOf.of(held.scope).remove(held);
            endpoint().unhold(held.datagram);
            forward(held.datagram);
        }

        @Override
        protected void release() {
            queue().drain().forEach(this::leave);
        }
    }
}
