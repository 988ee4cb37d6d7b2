package dev.canyon.observe;

import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.traffic.EchoLatency;
import dev.canyon.net.Protocol;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * {@code canyon_echo_latency_seconds} at {@code /actuator/prometheus}. Micrometer has no histogram whose buckets are counted
 * elsewhere and read on scrape.
 */
@Component
class EchoLatencyMetrics implements Collector {

    private static final double NANOS = 1e9;

    private final EchoTransport transport;

    EchoLatencyMetrics(EchoTransport transport, ObjectProvider<PrometheusRegistry> registry) {
        this.transport = transport;
        registry.ifAvailable(each -> each.register(this));
    }

    @Override
    public HistogramSnapshot collect() {
        HistogramSnapshot.Builder histogram = HistogramSnapshot.builder()
                .name("canyon_echo_latency_seconds")
                .help(
                        "Time from the end of a read until its replies have been flushed, sampled in about one of 64 loop iterations");
        for (Protocol protocol : Protocol.values()) {
            histogram.dataPoint(
                    point(transport.echoLatency(protocol).read(), Labels.of("protocol", protocol.toString())));
        }
        return histogram.build();
    }

    private static HistogramDataPointSnapshot point(EchoLatency.Reading reading, Labels labels) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (EchoLatency.Bucket bucket : reading.buckets()) {
            boolean last = bucket.upToNanos() == Long.MAX_VALUE;
            buckets.bucket(last ? Double.POSITIVE_INFINITY : bucket.upToNanos() / NANOS, bucket.count());
        }
        return new HistogramDataPointSnapshot(buckets.build(), reading.sumNanos() / NANOS, labels, null, 0);
    }
}
