package dev.canyon.observe;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects samples listener by listener and groups them by metric, as the Prometheus formats require. */
final class MetricFamilies {

    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();

    void gauge(String name, String help, Labels labels, double value) {
        gauges.computeIfAbsent(
                        name,
                        dotted -> GaugeSnapshot.builder()
                                .name(PrometheusNaming.prometheusName(dotted))
                                .help(help))
                .dataPoint(new GaugeDataPointSnapshot(value, labels, null));
    }

    /** @param name without the suffix {@code _total}, which the text formats add */
    void counter(String name, String help, Labels labels, double value) {
        counters.computeIfAbsent(
                        name,
                        dotted -> CounterSnapshot.builder()
                                .name(PrometheusNaming.prometheusName(dotted))
                                .help(help))
                .dataPoint(new CounterDataPointSnapshot(value, labels, null, 0));
    }

    void counters(String name, String help, Labels labels, Map<? extends Enum<?>, Long> byReason) {
        byReason.forEach((reason, count) -> counter(name, help, labels.add("reason", reason.toString()), count));
    }

    /** @param other another metric */
    MetricSnapshots with(MetricSnapshot other) {
        MetricSnapshots.Builder all = MetricSnapshots.builder().metricSnapshot(other);
        gauges.values().forEach(each -> all.metricSnapshot(each.build()));
        counters.values().forEach(each -> all.metricSnapshot(each.build()));
        return all.build();
    }
}
