package dev.canyon.observe;

import dev.canyon.engine.fault.FaultEffect;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.engine.traffic.EndpointCounters.Reading;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.net.Protocol;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The metrics of each listener, {@code canyon_listener_...} and {@code canyon_faults_...}, at {@code /actuator/prometheus}.
 *
 * <p>Reads the directory on each scrape, so the metrics of a listener need no registration and disappear with it. Micrometer
 * meters would take memory for each counter of each listener: docs/decisions/0012-metrics.md.
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
        ListenerInfo info = new ListenerInfo();
        directory.all().forEach(listener -> {
            info.add(listener);
            collect(listener, families);
            collectFaults(listener.name(), families);
        });
        return families.with(info.snapshot());
    }

    private static void collect(ListenerSnapshot listener, MetricFamilies families) {
        Labels labels = labels(listener, listener.definition().protocol());
        families.gauge(
                PREFIX + "state",
                "1 for the current state of the listener",
                labels.add("state", listener.state().word()),
                1);
        families.counters(
                PREFIX + "failed.opens",
                "Failed attempts to open the port, including retries",
                labels,
                listener.failures());
        listener.traffic()
                .forEach((protocol, counts) ->
                        collect(protocol, counts.lifetime(), labels(listener, protocol), families));
    }

    /** A type has a sample once a fault of it was added. */
    private void collectFaults(String listener, MetricFamilies families) {
        Map<Class<? extends FaultEffect>, Long> applied;
        try {
            applied = directory.faults(listener).appliedByType();
        } catch (ListenerNotFoundException deleted) {
            return;
        }
        applied.forEach((type, count) -> families.counter(
                "canyon.faults.applied",
                "Connections, datagrams or positions of a stream that a fault was applied to",
                Labels.of("listener", listener, "type", FaultTypes.nameOf(type)),
                count));
    }

    private static Labels labels(ListenerSnapshot listener, Protocol protocol) {
        return Labels.of("listener", listener.name(), "protocol", protocol.toString());
    }

    private static void collect(Protocol protocol, Reading counts, Labels labels, MetricFamilies families) {
        if (protocol == Protocol.TCP) {
            families.gauge(
                    PREFIX + "connections",
                    "Open connections",
                    labels,
                    counts.connections().active());
        }
        for (CounterMetrics.Plain plain : CounterMetrics.PLAIN) {
            if (plain.protocols().contains(protocol)) {
                families.counter(PREFIX + plain.name(), plain.description(), labels, (double)
                        plain.count().applyAsLong(counts));
            }
        }
        for (CounterMetrics.ByReason byReason : CounterMetrics.BY_REASON) {
            if (byReason.protocols().contains(protocol)) {
                families.counters(
                        PREFIX + byReason.name(),
                        byReason.description(),
                        labels,
                        byReason.counts().apply(counts));
            }
        }
    }
}
