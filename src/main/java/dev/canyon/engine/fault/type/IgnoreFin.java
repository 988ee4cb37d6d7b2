package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers the FIN of the client late, or only when the listener stops. */
public record IgnoreFin(
        @Setting(
                title = "Delay",
                text = "How late; 0 for not before the listener stops.",
                max = FaultTypes.MAX_DELAY_MILLIS,
                defaultsTo = "0")
        Duration delay)
        implements StreamEffect {

    private static final SettingsRecord<IgnoreFin> FIELDS = SettingsRecord.of(IgnoreFin.class);

    public IgnoreFin {
        FIELDS.check(delay);
    }

    @Override
    public Set<Direction> directions() {
        return EnumSet.of(Direction.IN);
    }

    @Override
    public boolean yieldsToDrain() {
        return true;
    }

    @Override
    public StreamStage streamStage() {
        return new Stream();
    }

    private final class Stream extends StreamStage {

        private @Nullable Object heldEnd;
        private @Nullable ScheduledFuture<?> timer;

        @Override
        protected void end(Object end) {
            applied();
            heldEnd = end;
            stream().holdEnd(true);
            if (!delay.isZero()) {
                timer = stream().loop().schedule(this::release, delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        @Override
        protected void release() {
            Object end = heldEnd;
            discard();
            if (end != null) {
                stream().holdEnd(false);
                forwardEnd(end);
                stream().flush();
            }
        }

        @Override
        protected void discard() {
            heldEnd = null;
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }
}
