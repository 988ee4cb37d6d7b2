package dev.canyon.engine.fault;

import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import java.time.Duration;

/** Alternates between being in force and not, beginning with the former when the fault is added. */
public record Cycle(
        @Setting(title = "On", text = "How long the fault is in force.", min = 10, max = Cycle.DAY_MILLIS)
        Duration on,

        @Setting(title = "Off", text = "How long it is not.", min = 10, max = Cycle.DAY_MILLIS)
        Duration off) {

    static final long DAY_MILLIS = 86_400_000;

    private static final SettingsRecord<Cycle> FIELDS = SettingsRecord.of(Cycle.class);

    public Cycle {
        FIELDS.check(on, off);
    }

    /**
     * Whether the fault is in force.
     *
     * @param age time since the fault was added, in nanoseconds
     */
    boolean isOn(long age) {
        return Math.floorMod(age, period()) < on.toNanos();
    }

    /** Nanoseconds until {@link #isOn} changes. */
    long untilChange(long age) {
        long phase = Math.floorMod(age, period());
        return phase < on.toNanos() ? on.toNanos() - phase : period() - phase;
    }

    private long period() {
        return on.toNanos() + off.toNanos();
    }
}
