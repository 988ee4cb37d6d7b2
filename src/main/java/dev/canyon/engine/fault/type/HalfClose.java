package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.stream.ReplyLimit;
import dev.canyon.engine.fault.stream.StreamEffect;
import dev.canyon.engine.fault.stream.StreamStage;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;
import java.util.EnumSet;
import java.util.Set;

/** Sends FIN after so many bytes of replies, and continues to read until the client closes. */
public record HalfClose(
        @Setting(
                title = "After",
                text = "Bytes that are sent before FIN.",
                unit = Unit.BYTES,
                max = 1_000_000_000_000L,
                defaultsTo = "0")
        long afterBytes)
        implements StreamEffect {

    private static final SettingsRecord<HalfClose> FIELDS = SettingsRecord.of(HalfClose.class);

    public HalfClose {
        FIELDS.check(afterBytes);
    }

    @Override
    public Set<Direction> directions() {
        return EnumSet.of(Direction.OUT);
    }

    @Override
    public StreamStage streamStage() {
        return new ReplyLimit(afterBytes) {
            @Override
            protected void atLimit() {
                closeOutputBehind();
            }
        };
    }
}
