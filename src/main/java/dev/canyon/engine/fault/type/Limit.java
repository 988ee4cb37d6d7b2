package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.stream.ReplyLimit;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamEnd;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;
import dev.canyon.net.WireName;
import java.util.EnumSet;
import java.util.Set;

/** Sends so many bytes of replies on a connection, and then ends it or falls silent. */
public record Limit(
        @Setting(title = "Bytes", text = "What is sent before.", unit = Unit.BYTES, max = 1_000_000_000_000L)
        long bytes,

        @Setting(
                title = "Then",
                text = "fin closes the connection, reset aborts it, silence discards all further replies.",
                defaultsTo = "fin")
        Then then)
        implements StreamEffect {

    private static final SettingsRecord<Limit> FIELDS = SettingsRecord.of(Limit.class);

    public Limit {
        FIELDS.check(bytes, then);
    }

    /** What happens at the limit. */
    public enum Then {
        FIN,
        RESET,
        SILENCE;

        /** The name used in the API. */
        @Override
        public String toString() {
            return WireName.of(this);
        }
    }

    @Override
    public Set<Direction> directions() {
        return EnumSet.of(Direction.OUT);
    }

    @Override
    public StreamStage streamStage() {
        return new ReplyLimit(bytes) {
            @Override
            protected void atLimit() {
                switch (then) {
                    case FIN -> closeBehind(StreamEnd.FIN);
                    case RESET -> closeBehind(StreamEnd.RESET);
                    case SILENCE -> stream().flush();
                }
            }
        };
    }
}
