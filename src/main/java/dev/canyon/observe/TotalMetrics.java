package dev.canyon.observe;

import dev.canyon.engine.traffic.EndpointCounters.Reading;
import dev.canyon.net.Protocol;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * The totals of all listeners, at {@code /actuator/metrics} and {@code /actuator/prometheus}. Unlike sums over the metrics of the
 * listeners, they include deleted listeners.
 */
@Component
class TotalMetrics implements MeterBinder {

    private static final String PREFIX = "canyon.";
    private static final List<String> STATES = List.of("stopped", "starting", "running", "draining", "failed");

    private final Totals totals;

    TotalMetrics(Totals totals) {
        this.totals = totals;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String state : STATES) {
            Gauge.builder(
                            PREFIX + "listeners",
                            totals,
                            now -> now.recent().totals().states().getOrDefault(state, 0))
                    .description("Listeners in this state")
                    .tag("state", state)
                    .register(registry);
        }
        Gauge.builder(
                        PREFIX + "connections",
                        totals,
                        now -> of(Protocol.TCP, now).connections().active())
                .description("Open connections")
                .tag("protocol", Protocol.TCP.toString())
                .register(registry);
        for (CounterMetrics.Plain plain : CounterMetrics.PLAIN) {
            for (Protocol protocol : plain.protocols()) {
                counter(
                        registry,
                        plain.name(),
                        plain.description(),
                        Tags.of("protocol", protocol.toString()),
                        now -> plain.count().applyAsLong(of(protocol, now)));
            }
        }
        for (CounterMetrics.ByReason byReason : CounterMetrics.BY_REASON) {
            for (Protocol protocol : byReason.protocols()) {
                for (Enum<?> reason : byReason.reasons()) {
                    Tags tags = Tags.of("protocol", protocol.toString(), "reason", reason.toString());
                    counter(
                            registry,
                            byReason.name(),
                            byReason.description(),
                            tags,
                            now -> byReason.count(of(protocol, now), reason));
                }
            }
        }
    }

    private void counter(
            MeterRegistry registry, String name, String description, Tags tags, ToDoubleFunction<Totals> count) {
        FunctionCounter.builder(PREFIX + name, totals, count)
                .description(description)
                .baseUnit(name.endsWith(".bytes") ? "bytes" : null)
                .tags(tags)
                .register(registry);
    }

    private static Reading of(Protocol protocol, Totals totals) {
        return totals.recent().totals().of(protocol);
    }
}
