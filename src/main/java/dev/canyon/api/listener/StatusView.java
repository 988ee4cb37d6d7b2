package dev.canyon.api.listener;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.engine.traffic.ConnectionCounter;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.net.IpText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.Inet6Address;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** State and counters of a listener, and the settings in effect while its port is open. */
@Schema(description = "State and counters. The fields from address to transport are null while the port is closed")
public record StatusView(
        @Schema(
                allowableValues = {"stopped", "starting", "running", "draining", "failed"},
                example = "running")
        String state,

        @Schema(description = "Bound address", example = "127.0.0.1") @Nullable
        String address,

        @Schema(description = "Bound port", example = "7010") @Nullable
        Integer port,

        @Schema(allowableValues = {"inet", "inet6"}) @Nullable
        String family,

        @Schema(description = "Backlog in effect, after the kernel's limit (somaxconn); null on UDP", example = "1024")
        @Nullable
        Integer backlog,

        @Schema(allowableValues = {"epoll", "io-uring", "nio"}) @Nullable
        String transport,

        @Schema(description = "Time at which the port was opened; null unless running") @Nullable
        Instant since,

        @Nullable Failure failure,

        @Schema(
                description =
                        "configuration: declared in the application's configuration; through the API it can only be started, stopped and restarted",
                allowableValues = {"api", "configuration"})
        String origin,

        Connections connections,
        Traffic traffic,

        @Schema(description = "Datagrams dropped, by reason", example = "{\"oversize\": 0}")
        Map<String, Long> dropped,

        @Schema(
                description =
                        "Closed connections, by reason. A probe was closed by the client within a second, before a byte was received or sent",
                example = "{\"client\": 0}")
        Map<String, Long> closed,

        @Schema(description = "TLS handshakes and the certificate; null for a listener without TLS") @Nullable
        TlsStatusView tls,

        @Schema(description = "Number of faults in force", example = "0")
        int faults,

        @Schema(description = "Time at which data was last received") @Nullable
        Instant lastActivityAt) {

    @Schema(description = "Why the port could not be opened")
    record Failure(
            @Schema(example = "port-in-use") String code,
            String detail,
            Instant at,
            @Nullable Instant nextRetryAt) {}

    @Schema(description = "total = active + sum(closed); rejected connections are not part of total")
    record Connections(int active, long total, long rejected, int peak) {}

    @Schema(
            description =
                    "A message is a datagram, including dropped ones, or a read on TCP. On TCP, receivedBytes = sentBytes"
                            + " - addedBytes + discardedBytes + bytes pending; on UDP, receivedMessages = sentMessages - addedMessages"
                            + " + dropped + messages held by faults")
    public record Traffic(
            long receivedBytes,
            long sentBytes,
            long receivedMessages,
            long sentMessages,

            @Schema(description = "Received bytes that will never be answered: taken by faults, or unsent at the close")
            long discardedBytes,

            @Schema(description = "Sent bytes that were not received, added by faults or the reply")
            long addedBytes,

            @Schema(description = "Sent datagrams that were not received, added by faults or the reply")
            long addedMessages) {

        public static Traffic of(EndpointCounters.Reading counters) {
            return new Traffic(
                    counters.receivedBytes(),
                    counters.sentBytes(),
                    counters.receivedMessages(),
                    counters.sentMessages(),
                    counters.discardedBytes(),
                    counters.addedBytes(),
                    counters.addedMessages());
        }
    }

    public static StatusView of(ListenerSnapshot listener) {
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
                TlsStatusView.of(listener, open),
                listener.faults(),
                counters.lastActivity());
    }

    private static String family(BoundEndpoint open) {
        return open.address().getAddress() instanceof Inet6Address ? "inet6" : "inet";
    }

    public static Map<String, Long> byWord(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> byWord = new LinkedHashMap<>();
        counts.forEach((reason, count) -> byWord.put(reason.toString(), count));
        return byWord;
    }
}
