package dev.canyon.probe.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a run is judged by.
 *
 * @param name of the figure, as in the thresholds or the result
 * @param measured null if nothing came back that it could be measured by
 * @param side on which side of the limit it has to be; on the limit is well
 */
public record Criterion(String name, @Nullable Double measured, Side side, double limit) {

    private static final int DECIMALS = 6;

    /** Where a figure has to be. */
    public enum Side {
        AT_MOST("at most"),
        AT_LEAST("at least");

        private final String words;

        Side(String words) {
            this.words = words;
        }
    }

    public boolean isMet() {
        return measured != null && (side == Side.AT_MOST ? measured <= limit : measured >= limit);
    }

    /** For example {@code p99Micros is 6120.4 (expected: at most 5000)}. */
    @Override
    public String toString() {
        return name + " is " + (measured == null ? "unknown" : plain(measured)) + " (expected: " + side.words + " "
                + plain(limit) + ")";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
