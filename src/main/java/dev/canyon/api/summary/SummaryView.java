package dev.canyon.api.summary;

import dev.canyon.api.listener.StatusView;
import dev.canyon.engine.traffic.ConnectionCounter;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.observe.Summary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;

/** Totals and rates of all listeners in the API. */
@Schema(description = "Totals and rates of all listeners since Canyon started")
record SummaryView(
        ByState listeners,
        Connections connections,
        StatusView.Traffic traffic,

        @Schema(description = "Datagrams discarded without a reply, by reason", example = "{\"oversize\": 0}")
        Map<String, Long> dropped,

        @Schema(description = "Closed connections, by reason", example = "{\"client\": 0}")
        Map<String, Long> closed,

        PerSecond perSecond,
        Waiting waiting,
        @Schema(description = "Time of the snapshot") Instant at) {

    @Schema(description = "Number of listeners in each state")
    record ByState(int running, int stopped, int failed, int starting, int draining) {}

    @Schema(
            name = "SummaryConnections",
            description = "total = active + sum(closed); rejected connections are not part of total")
    record Connections(int active, long total, long rejected) {}

    @Schema(
            name = "SummaryWaiting",
            description =
                    "Bytes that wait in the memory of the process: replies that clients do not read, what faults hold back,"
                            + " and captured messages. Beyond the limit, new connections are rejected")
    record Waiting(long bytes, long limitBytes) {}

    @Schema(description = "Averages over the last windowMs; connections are accepted connections")
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
                new Waiting(summary.waiting().bytes(), summary.waiting().limit()),
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
