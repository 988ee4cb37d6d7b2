package dev.canyon.probe.run;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How many answers took up to so long, and longer than the bucket before.
 *
 * @param upToMicros the longest that belongs here
 */
public record Bucket(double upToMicros, long count) {

    private static final int FIRST_NANOS = 1_000;

    /** Each is a tenth longer than the one before: fine enough for a picture, and some two hundred at the most. */
    private static final double STEP = 1.1;

    /** Those that have any. */
    static List<Bucket> of(Histogram nanos) {
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
