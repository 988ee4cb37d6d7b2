package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamEnd;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends a connection some time after it was accepted. */
public record Disconnect(
        @Setting(
                title = "After",
                text = "Time since the connection was accepted; 0 ends it at once.",
                max = FaultTypes.MAX_DELAY_MILLIS,
                defaultsTo = "0")
        Duration after,

        @Setting(title = "Mode", text = "fin closes the connection, reset aborts it.", defaultsTo = "fin")
        StreamEnd mode)
        implements StreamEffect {

    private static final SettingsRecord<Disconnect> FIELDS = SettingsRecord.of(Disconnect.class);

    public Disconnect {
        FIELDS.check(after, mode);
    }

    @Override
    public Set<Direction> directions() {
        return EnumSet.of(Direction.OUT);
    }

    @Override
    public StreamStage streamStage() {
        return new Stream();
    }

    private final class Stream extends StreamStage {

        private @Nullable ScheduledFuture<?> timer;
        private boolean over;

        @Override
        protected void started() {
            long delay = after.toNanos() - stream().age();
            if (delay <= 0) {
                disconnect();
            } else {
                timer = stream().loop().schedule(this::disconnect, delay, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        protected void bytes(ByteBuf reply) {
            if (over) {
                drop(reply);
            } else {
                forward(reply);
            }
        }

        private void disconnect() {
            over = true;
            applied();
            stream().close(mode);
        }

        @Override
        protected void release() {
            discard();
        }

        @Override
        protected void discard() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }
}
