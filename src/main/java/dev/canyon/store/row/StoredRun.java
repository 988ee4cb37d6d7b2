package dev.canyon.store.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.net.IpText;
import dev.canyon.net.Protocol;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunState;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget;
import dev.canyon.probe.spec.RunTarget.OwnListener;
import dev.canyon.probe.spec.RunTarget.Remote;
import dev.canyon.probe.spec.Thresholds;
import dev.canyon.probe.spec.TlsOptions;
import dev.canyon.probe.spec.Verdict;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a finished run, as JSON. Names, meaning and enum values of existing fields must not change; new fields must
 * be optional.
 */
record StoredRun(
        RunState state,
        Instant startedAt,
        @Nullable Instant endedAt,
        double progress,
        @Nullable Verdict verdict,
        Request request,
        @Nullable StoredResult result,
        @Nullable String detail) {

    StoredRun {
        requirePresent(state, startedAt, request);
    }

    /** Jackson sets missing fields to null. */
    static void requirePresent(@Nullable Object... fields) {
        if (Stream.of(fields).anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a field is missing");
        }
    }

    static StoredRun of(RunRecord run) {
        return new StoredRun(
                run.state(),
                run.startedAt(),
                run.endedAt(),
                run.progress(),
                run.verdict(),
                Request.of(run.spec()),
                run.result() == null ? null : StoredResult.of(run.result()),
                run.detail());
    }

    /** @throws IllegalArgumentException if the document is not valid */
    RunRecord toRecord(String id) {
        return new RunRecord(
                id,
                state,
                startedAt,
                endedAt,
                progress,
                verdict,
                request.toSpec(),
                result == null ? null : result.toResult(),
                detail);
    }

    record Request(
            Target target,
            int connections,
            int messageBytes,
            int pipeline,
            @Nullable Double ratePerSecond,
            long durationMs,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long warmupMs,

            @Nullable Long messages,
            long timeoutMs,
            Limits thresholds,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ProxyHeader proxyProtocol,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Tls tls) {

        Request {
            requirePresent(target, thresholds);
        }

        static Request of(RunSpec spec) {
            return new Request(
                    Target.of(spec.target()),
                    spec.connections(),
                    spec.messageBytes(),
                    spec.pipeline(),
                    spec.ratePerSecond(),
                    spec.duration().toMillis(),
                    spec.warmup().isZero() ? null : spec.warmup().toMillis(),
                    spec.messages(),
                    spec.timeout().toMillis(),
                    Limits.of(spec.thresholds()),
                    spec.proxyHeader() == null ? null : ProxyHeader.of(spec.proxyHeader()),
                    spec.tls() == null ? null : Tls.of(spec.tls()));
        }

        RunSpec toSpec() {
            return new RunSpec(
                    target.toTarget(),
                    connections,
                    messageBytes,
                    pipeline,
                    ratePerSecond,
                    Duration.ofMillis(durationMs),
                    Duration.ofMillis(warmupMs == null ? 0 : warmupMs),
                    messages,
                    Duration.ofMillis(timeoutMs),
                    thresholds.toThresholds(),
                    proxyProtocol == null ? null : proxyProtocol.toHeader(),
                    tls == null ? null : tls.toOptions());
        }
    }

    record ProxyHeader(
            int version, @Nullable String source, @Nullable String destination) {

        static ProxyHeader of(OutgoingProxyHeader header) {
            return new ProxyHeader(header.version(), text(header.source()), text(header.destination()));
        }

        private static @Nullable String text(@Nullable InetSocketAddress address) {
            return address == null ? null : IpText.of(address);
        }

        OutgoingProxyHeader toHeader() {
            return new OutgoingProxyHeader(version, address(source), address(destination));
        }

        private static @Nullable InetSocketAddress address(@Nullable String text) {
            return text == null
                    ? null
                    : OutgoingProxyHeader.address(text)
                            .orElseThrow(() -> new IllegalArgumentException("not an address and a port: " + text));
        }
    }

    record Tls(
            String trust, @Nullable String bundle, @Nullable String serverName, List<String> alpn) {

        Tls {
            requirePresent(trust, alpn);
        }

        static Tls of(TlsOptions options) {
            return new Tls(options.trust(), options.bundle(), options.serverName(), options.alpn());
        }

        TlsOptions toOptions() {
            return new TlsOptions(trust, bundle, serverName, alpn);
        }
    }

    /** Has either {@code listener} or the other three fields. */
    record Target(
            @Nullable String listener,
            @Nullable Protocol protocol,
            @Nullable String host,
            @Nullable Integer port) {

        static Target of(RunTarget target) {
            if (target instanceof Remote remote) {
                return new Target(null, remote.protocol(), remote.host(), remote.port());
            }
            return new Target(((OwnListener) target).name(), null, null, null);
        }

        RunTarget toTarget() {
            if (listener != null) {
                return new OwnListener(listener);
            }
            if (protocol != null && host != null && port != null) {
                return new Remote(protocol, host, port);
            }
            throw new IllegalArgumentException("neither a listener nor a protocol, host and port");
        }
    }

    record Limits(
            @Nullable Double p50Micros,
            @Nullable Double p90Micros,
            @Nullable Double p99Micros,
            @Nullable Double p999Micros,
            @Nullable Double maxMicros,
            double lossRatio,
            @Nullable Double messagesPerSecond) {

        static Limits of(Thresholds thresholds) {
            return new Limits(
                    thresholds.p50Micros(),
                    thresholds.p90Micros(),
                    thresholds.p99Micros(),
                    thresholds.p999Micros(),
                    thresholds.maxMicros(),
                    thresholds.lossRatio(),
                    thresholds.messagesPerSecond());
        }

        Thresholds toThresholds() {
            return new Thresholds(p50Micros, p90Micros, p99Micros, p999Micros, maxMicros, lossRatio, messagesPerSecond);
        }
    }
}
