package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramStage;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import dev.canyon.engine.setting.Unit;
import java.util.EnumSet;
import java.util.Set;

/** Cuts replies to a length. */
public record Truncate(
        @Setting(
                title = "Bytes",
                text = "Maximum length of a reply; shorter ones are not changed.",
                unit = Unit.BYTES,
                max = 65_527)
        int bytes)
        implements DatagramEffect {

    private static final SettingsRecord<Truncate> FIELDS = SettingsRecord.of(Truncate.class);

    public Truncate {
        FIELDS.check(bytes);
    }

    @Override
    public Set<Direction> directions() {
        return EnumSet.of(Direction.OUT);
    }

    @Override
    public DatagramStage datagramStage() {
        return new DatagramStage() {
            @Override
            protected void chosen(Datagram datagram, long number) {
                int excess = datagram.payload().readableBytes() - bytes;
                if (excess > 0) {
                    applied(datagram);
                    endpoint().shortened(excess);
                    datagram.payload().writerIndex(datagram.payload().writerIndex() - excess);
                }
                forward(datagram);
            }
        };
    }
}
