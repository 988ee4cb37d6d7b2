package dev.canyon.probe.spec;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Latency in microseconds, with one decimal and three significant digits. */
public record Latency(
        double minMicros,
        double meanMicros,
        double p50Micros,
        double p90Micros,
        double p99Micros,
        double p999Micros,
        double maxMicros) {

    /** @return null if the histogram is empty */
    public static @Nullable Latency of(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return null;
        }
        return new Latency(
                micros((double) nanos.getMinValue()),
                micros(nanos.getMean()),
                percentile(nanos, 50),
                percentile(nanos, 90),
                percentile(nanos, 99),
                percentile(nanos, 99.9),
                micros((double) nanos.getMaxValue()));
    }

    public static double percentile(Histogram nanos, double percentile) {
        return micros((double) nanos.getValueAtPercentile(percentile));
    }

    static double micros(double nanos) {
        return Math.round(nanos / 100) / 10.0;
    }
}
