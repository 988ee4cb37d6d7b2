package dev.canyon.probe.run;

import java.time.Duration;

/**
 * What runs may be asked for.
 *
 * @param runs at a time
 * @param duration the longest
 * @param ratePerSecond the highest; a run without a rate goes as fast as it can
 * @param connections of one run
 * @param messageBytes the largest message
 * @param history finished runs that are kept; the oldest are forgotten
 */
public record RunLimits(
        int runs, Duration duration, double ratePerSecond, int connections, int messageBytes, int history) {}
