package dev.canyon.probe.run;

import java.time.Duration;

/**
 * Limits of runs.
 *
 * @param runs maximum number of concurrent runs
 * @param duration maximum duration, including the warm-up
 * @param ratePerSecond maximum rate; a run without a rate is not limited
 * @param connections maximum number of connections of one run
 * @param messageBytes maximum message size
 * @param history number of finished runs to keep; the oldest are evicted
 */
public record RunLimits(
        int runs, Duration duration, double ratePerSecond, int connections, int messageBytes, int history) {}
