package dev.canyon.store;

import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.dial.tls.TlsFault;
import dev.canyon.net.Protocol;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunState;
import dev.canyon.probe.spec.Bucket;
import dev.canyon.probe.spec.Interval;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget.OwnListener;
import dev.canyon.probe.spec.RunTarget.Remote;
import dev.canyon.probe.spec.Thresholds;
import dev.canyon.probe.spec.TlsFigures;
import dev.canyon.probe.spec.TlsOptions;
import dev.canyon.probe.spec.Verdict;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/** Finished runs. */
public final class RunRecords {

    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678901234Z");

    private RunRecords() {}

    /** All fields are present and have distinct values. */
    public static RunRecord full(String id) {
        RunSpec spec = new RunSpec(
                new Remote(Protocol.UDP, "host.example", 4711),
                3,
                64,
                5,
                6.5,
                Duration.ofMillis(7_000),
                Duration.ZERO,
                8L,
                Duration.ofMillis(900),
                new Thresholds(1.5, 2.5, 3.5, 4.5, 5.5, 0.25, 6.25));
        RunResult result = new RunResult(
                100,
                90,
                10,
                2,
                3,
                4,
                5,
                6,
                Map.of(Outcome.TIMEOUT_CONNECT, 7L),
                0.1,
                900.5,
                57_632.25,
                new Latency(0.1, 1.2, 1.1, 2.2, 3.3, 4.4, 1.0E7),
                List.of(new Interval(1_000, 90, 3.3), new Interval(1_200, 0, null)),
                List.of(new Bucket(1.1, 80), new Bucket(4.4, 10)));
        return new RunRecord(
                id,
                RunState.COMPLETED,
                STARTED,
                STARTED.plusSeconds(7),
                1,
                Verdict.FAIL,
                spec,
                result,
                "says \"hi\"\n\u0000\u00e4 \uD83D\uDE00");
    }

    /** The same over TLS. */
    public static RunRecord overTls(String id) {
        RunRecord plain = full(id);
        TlsFigures tls = new TlsFigures(
                3,
                Map.of("TLSv1.3", 2L, "TLSv1.2", 1L),
                new Latency(5.1, 6.2, 5.5, 7.7, 8.8, 9.9, 10.1),
                Map.of(TlsFault.EXPIRED, 4L, TlsFault.WRONG_NAME, 5L),
                "the certificate CN=a expired");
        return new RunRecord(
                id,
                plain.state(),
                plain.startedAt(),
                plain.endedAt(),
                plain.progress(),
                plain.verdict(),
                plain.spec()
                        .behind(new OutgoingProxyHeader(
                                1, new InetSocketAddress("192.0.2.7", 4711), new InetSocketAddress("2001:db8::1", 443)))
                        .over(new TlsOptions("any", "client", "a.example", List.of("b", "c"))),
                Objects.requireNonNull(plain.result()).with(tls),
                plain.reason());
    }

    /** All optional fields are absent. */
    static RunRecord failed(String id) {
        RunSpec spec = new RunSpec(
                new OwnListener("edge"),
                1,
                16,
                1,
                null,
                Duration.ofSeconds(1),
                Duration.ZERO,
                null,
                Duration.ofSeconds(2),
                Thresholds.NONE);
        return new RunRecord(id, RunState.FAILED, STARTED, null, 0, null, spec, null, null);
    }

    /** A long run with one data point per second. */
    static RunRecord tenMinutes(String id) {
        RunRecord full = full(id);
        RunResult result = Objects.requireNonNull(full.result());
        return new RunRecord(
                id,
                full.state(),
                full.startedAt(),
                full.endedAt(),
                1,
                full.verdict(),
                full.spec(),
                new RunResult(
                        result.sent(),
                        result.received(),
                        result.lost(),
                        result.late(),
                        result.duplicated(),
                        result.reordered(),
                        result.corrupted(),
                        result.unsent(),
                        result.errors(),
                        result.seconds(),
                        result.messagesPerSecond(),
                        result.bytesPerSecond(),
                        result.latency(),
                        LongStream.rangeClosed(1, 600)
                                .mapToObj(second ->
                                        new Interval(second * 1_000, 123_456 + second, 234.5 + (double) second))
                                .toList(),
                        LongStream.rangeClosed(1, 100)
                                .mapToObj(step -> new Bucket(
                                        Math.round(10 * Math.pow(1.1, (double) step)) / 10.0, 12_345L * step))
                                .toList()),
                full.detail());
    }
}
