package dev.canyon.api;

import dev.canyon.observe.Summary;
import dev.canyon.transport.ConnectionCounter;
import dev.canyon.transport.EndpointCounters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;

/** All listeners at a glance. */
@Schema(description = "All listeners at a glance, counted since Canyon began")
record SummaryView(
        ByState listeners,
        Connections connections,
        StatusView.Traffic traffic,

        @Schema(description = "Datagrams not answered, by reason", example = "{\"oversize\": 0}")
        Map<String, Long> dropped,

        @Schema(description = "Connections that have ended, by reason", example = "{\"client\": 0}")
        Map<String, Long> closed,

        PerSecond perSecond,
        @Schema(description = "When the numbers were read") Instant at) {

    @Schema(description = "How many listeners are in each state")
    record ByState(int running, int stopped, int failed, int starting, int draining) {}

    @Schema(name = "SummaryConnections", description = "total = active + sum(closed); rejected stands apart")
    record Connections(int active, long total, long rejected) {}

    @Schema(description = "Means over the last windowMs; connections are those accepted")
    record PerSecond(double receivedMessages, double receivedBytes, double connections, long windowMs) {}

    static SummaryView of(Summary summary) {
        EndpointCounters.Reading all = summary.totals().all();
        ConnectionCounter.Reading connections = all.connections();
        Summary.Rates rates = summary.perSecond();
        return new SummaryView(
                byState(summary.totals().states()),
                new Connections(connections.active(), connections.total(), connections.allRejected()),
                StatusView.Traffic.of(all),
                StatusView.byWord(all.dropped()),
                StatusView.byWord(connections.closed()),
                new PerSecond(
                        rates.receivedMessages(),
                        rates.receivedBytes(),
                        rates.connections(),
                        rates.window().toMillis()),
                summary.at());
    }

    private static ByState byState(Map<String, Integer> states) {
        return new ByState(
                states.getOrDefault("running", 0),
                states.getOrDefault("stopped", 0),
                states.getOrDefault("failed", 0),
                states.getOrDefault("starting", 0),
                states.getOrDefault("draining", 0));
    }
}
