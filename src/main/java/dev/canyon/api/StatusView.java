package dev.canyon.api;

import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.ConnectionCounter;
import dev.canyon.transport.EndpointCounters;
import dev.canyon.transport.IpText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.Inet6Address;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a listener is doing, and what is in effect while it is open. */
@Schema(description = "How the listener is doing. Address to transport are null while the port is closed")
record StatusView(
        @Schema(
                allowableValues = {"stopped", "starting", "running", "draining", "failed"},
                example = "running")
        String state,

        @Schema(description = "The address that is bound", example = "127.0.0.1", nullable = true) @Nullable
        String address,

        @Schema(description = "The port that is bound", example = "7010", nullable = true) @Nullable
        Integer port,

        @Schema(
                allowableValues = {"inet", "inet6"},
                nullable = true)
        @Nullable
        String family,

        @Schema(description = "After the kernel's cap; null on UDP", example = "1024", nullable = true) @Nullable
        Integer backlog,

        @Schema(
                allowableValues = {"epoll", "io-uring", "nio"},
                nullable = true)
        @Nullable
        String transport,

        @Schema(description = "Since when it is running", nullable = true) @Nullable
        Instant since,

        @Schema(nullable = true) @Nullable Failure failure,

        @Schema(
                description = "api, or configuration: declared there, over the API only start, stop, restart",
                allowableValues = {"api", "configuration"})
        String origin,

        Connections connections,
        Traffic traffic,

        @Schema(description = "Datagrams not answered, by reason", example = "{\"oversize\": 0}")
        Map<String, Long> dropped,

        @Schema(description = "Connections that have ended, by reason", example = "{\"client\": 0}")
        Map<String, Long> closed,

        @Schema(description = "When something last arrived", nullable = true) @Nullable
        Instant lastActivityAt) {

    @Schema(description = "Why the port could not be opened")
    record Failure(
            @Schema(example = "port-in-use") String code,
            String detail,
            Instant at,
            @Schema(nullable = true) @Nullable Instant nextRetryAt) {}

    @Schema(description = "total = active + sum(closed); rejected stands apart")
    record Connections(int active, long total, long rejected, int peak) {}

    @Schema(description = "A message is a datagram, dropped ones included, or one read on TCP")
    record Traffic(long receivedBytes, long sentBytes, long receivedMessages, long sentMessages) {

        static Traffic of(EndpointCounters.Reading counters) {
            return new Traffic(
                    counters.receivedBytes(),
                    counters.sentBytes(),
                    counters.receivedMessages(),
                    counters.sentMessages());
        }
    }

    static StatusView of(ListenerSnapshot listener) {
        BoundEndpoint open = listener.state().endpoint();
        EndpointCounters.Reading counters = listener.counters();
        ConnectionCounter.Reading connections = counters.connections();
        return new StatusView(
                listener.state().word(),
                open == null ? null : IpText.of(open.address().getAddress()),
                open == null ? null : open.address().getPort(),
                open == null ? null : family(open),
                open == null || open.backlog() == 0 ? null : open.backlog(),
                open == null ? null : open.transport().toString(),
                listener.state() instanceof Running running ? running.since() : null,
                listener.state() instanceof Failed failed
                        ? new Failure(failed.reason().toString(), failed.detail(), failed.at(), failed.nextRetryAt())
                        : null,
                listener.origin().toString(),
                new Connections(
                        connections.active(), connections.total(), connections.allRejected(), connections.peak()),
                Traffic.of(counters),
                byWord(counters.dropped()),
                byWord(connections.closed()),
                counters.lastActivity());
    }

    private static String family(BoundEndpoint open) {
        return open.address().getAddress() instanceof Inet6Address ? "inet6" : "inet";
    }

    static Map<String, Long> byWord(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> byWord = new LinkedHashMap<>();
        counts.forEach((reason, count) -> byWord.put(reason.toString(), count));
        return byWord;
    }
}
