package dev.canyon.engine.reply;

import dev.canyon.engine.setting.Kind;
import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import java.time.Duration;

/**
 * Sends each message back after the time that it asks for: its first four bytes are the number of milliseconds, unsigned and
 * big-endian. A message with fewer bytes is sent back at once.
 *
 * @param maxDelay longer delays are cut to this
 */
@Kind(
        name = "delayed",
        text =
                "Sends each message back after as many milliseconds as its first four bytes say (unsigned, big-endian). A message"
                        + " with fewer bytes is sent back at once.")
public record Delayed(
        @Setting(
                title = "Maximum delay",
                text = "A message that asks for a longer delay is sent back after this time.",
                max = 86_400_000,
                defaultsTo = "60000",
                example = "60000")
        Duration maxDelay)
        implements Reply {

    /** The bytes of a message that contain its delay. */
    public static final int DELAY_BYTES = 4;

    private static final SettingsRecord<Delayed> FIELDS = SettingsRecord.of(Delayed.class);

    public Delayed {
        FIELDS.check(maxDelay);
    }

    /** @param asked milliseconds, of which all 32 bits count */
    public long nanos(int asked) {
        return Math.min(Integer.toUnsignedLong(asked), maxDelay.toMillis()) * 1_000_000;
    }

    @Override
    public boolean answersMessages() {
        return true;
    }
}
