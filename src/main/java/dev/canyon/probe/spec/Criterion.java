package dev.canyon.probe.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a passed run.
 *
 * @param name of the value, as in the thresholds or the result
 * @param measured null if no response arrived
 * @param side of the limit on which the value must be; the limit itself is allowed
 */
public record Criterion(String name, @Nullable Double measured, Side side, double limit) {

    private static final int DECIMALS = 6;

    /** The allowed side of a limit. */
    public enum Side {
        AT_MOST("at most"),
        AT_LEAST("at least");

        private final String text;

        Side(String text) {
            this.text = text;
        }
    }

    public boolean isMet() {
        return measured != null && (side == Side.AT_MOST ? measured <= limit : measured >= limit);
    }

    /** For example {@code p99Micros is 6120.4 (expected: at most 5000)}. */
    @Override
    public String toString() {
        return name + " is " + (measured == null ? "unknown" : plain(measured)) + " (expected: " + side.text + " "
                + plain(limit) + ")";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
