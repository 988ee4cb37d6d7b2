package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramEffect;
import dev.canyon.engine.fault.datagram.DatagramHold;
import dev.canyon.engine.fault.datagram.DatagramStage;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import java.time.Duration;

/** Sends copies besides the original; of one received datagram at most 1,000, however many faults do so. */
public record Duplicate(
        @Setting(title = "Copies", text = "Copies of each datagram.", min = 1, max = 100, defaultsTo = "1")
        int copies,

        @Setting(
                title = "Gap",
                text = "Time between the original and its first copy, and between copies.",
                max = FaultTypes.MAX_DELAY_MILLIS,
                defaultsTo = "0")
        Duration gap)
        implements DatagramEffect {

    private static final SettingsRecord<Duplicate> FIELDS = SettingsRecord.of(Duplicate.class);

    public Duplicate {
        FIELDS.check(copies, gap);
    }

    @Override
    public boolean amplifies() {
        return true;
    }

    @Override
    public DatagramStage datagramStage() {
        return new Datagrams();
    }

    private final class Datagrams extends DatagramHold {

        @Override
        protected void chosen(Datagram datagram, long number) {
            if (!endpoint().mayAmplify()) {
                forward(datagram);
                return;
            }
            applied(datagram);
            long now = System.nanoTime();
            for (int i = 1; i <= copies && datagram.mayCopy(); i++) {
                Datagram copy = datagram.copy();
                endpoint().copied(copy);
                if (gap.isZero()) {
                    // Sent before the original, which cannot be told apart.
                    forward(copy);
                } else {
                    forwardAt(copy, now + i * gap.toNanos());
                }
            }
            forward(datagram);
        }
    }
}
