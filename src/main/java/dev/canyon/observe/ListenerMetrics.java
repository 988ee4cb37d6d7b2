package dev.canyon.observe;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.transport.EndpointCounters.Reading;
import dev.canyon.transport.Protocol;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The metrics of each listener at {@code /actuator/prometheus}: {@code canyon_listener_...}.
 *
 * <p>The directory is read when somebody asks, so nothing is kept for a listener, and its metrics come and go with it.
 * Meters of Micrometer's would cost memory for each number of each listener: docs/decisions/0012-metrics.md.
 */
@Component
class ListenerMetrics implements MultiCollector {

    private static final String PREFIX = "canyon.listener.";

    private final ListenerDirectory directory;

    ListenerMetrics(ListenerDirectory directory, ObjectProvider<PrometheusRegistry> registry) {
        this.directory = directory;
        registry.ifAvailable(each -> each.register(this));
    }

    @Override
    public MetricSnapshots collect() {
        MetricFamilies families = new MetricFamilies();
        directory.all().forEach(listener -> collect(listener, families));
        return families.snapshots();
    }

    private static void collect(ListenerSnapshot listener, MetricFamilies families) {
        Protocol protocol = listener.definition().protocol();
        Labels labels = Labels.of("listener", listener.name(), "protocol", protocol.toString());
        families.gauge(
                PREFIX + "state",
                "1 for the state that the listener is in",
                labels.add("state", listener.state().word()),
                1);
        Reading counts = listener.counters().lifetime();
        if (protocol == Protocol.TCP) {
            families.gauge(
                    PREFIX + "connections",
                    "Connections that are open",
                    labels,
                    counts.connections().active());
        }
        for (Counted.Plain plain : Counted.PLAIN) {
            if (plain.protocols().contains(protocol)) {
                families.counter(PREFIX + plain.name(), plain.meaning(), labels, (double)
                        plain.count().applyAsLong(counts));
            }
        }
        for (Counted.ByReason byReason : Counted.BY_REASON) {
            if (byReason.protocols().contains(protocol)) {
                families.counters(
                        PREFIX + byReason.name(),
                        byReason.meaning(),
                        labels,
                        byReason.counts().apply(counts));
            }
        }
        families.counters(
                PREFIX + "failed.opens",
                "How often the port could not be opened, retries included",
                labels,
                listener.failures());
    }
}
