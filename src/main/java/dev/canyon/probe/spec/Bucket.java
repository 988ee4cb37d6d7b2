package dev.canyon.probe.spec;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A bucket of the latency histogram.
 *
 * @param upToMicros inclusive upper bound; the lower bound is that of the previous bucket
 * @param count number of messages
 */
public record Bucket(double upToMicros, long count) {

    private static final int FIRST_NANOS = 1_000;

    /** Growth from one bucket to the next: fine enough for a chart, with about two hundred buckets at most. */
    private static final double STEP = 1.1;

    /** Returns the buckets that are not empty. */
    public static List<Bucket> of(Histogram nanos) {
        List<Bucket> buckets = new ArrayList<>();
        for (HistogramIterationValue value : nanos.logarithmicBucketValues(FIRST_NANOS, STEP)) {
            if (value.getCountAddedInThisIterationStep() > 0) {
                buckets.add(new Bucket(
                        Latency.micros((double) value.getValueIteratedTo()), value.getCountAddedInThisIterationStep()));
            }
        }
        return List.copyOf(buckets);
    }
}
