package dev.canyon.api.run;

import dev.canyon.api.target.ProxyHeaderRequest;
import dev.canyon.api.target.TlsRequest;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.Thresholds;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Specification of a run in a response: the fields of {@link RunRequest} with all defaults. */
@Schema(name = "RunSpec", description = "Specification of a run with all defaults; a valid request")
record RunSpecView(
        RunRequest.Target target,
        @Schema(example = "10") int connections,
        @Schema(example = "64") int messageBytes,
        @Schema(example = "1") int pipeline,

        @Schema(description = "Null: as fast as possible", example = "500.0") @Nullable
        Double ratePerSecond,

        @Schema(example = "10000") long durationMs,
        @Schema(example = "0") long warmupMs,

        @Schema(description = "Null: no limit", example = "1000") @Nullable
        Long messages,

        @Schema(example = "2000") long timeoutMs,
        ThresholdsView thresholds,

        @Schema(description = "Null: none") @Nullable ProxyHeaderRequest proxyProtocol,

        @Schema(description = "Null: plain text") @Nullable TlsRequest tls) {

    @Schema(name = "RunThresholds", description = "Thresholds of the verdict; null for those that do not apply")
    record ThresholdsView(
            @Nullable Double p50Micros,
            @Nullable Double p90Micros,
            @Nullable Double p99Micros,
            @Nullable Double p999Micros,
            @Nullable Double maxMicros,
            double lossRatio,
            @Nullable Double messagesPerSecond) {

        static ThresholdsView of(Thresholds thresholds) {
            return new ThresholdsView(
                    thresholds.p50Micros(),
                    thresholds.p90Micros(),
                    thresholds.p99Micros(),
                    thresholds.p999Micros(),
                    thresholds.maxMicros(),
                    thresholds.lossRatio(),
                    thresholds.messagesPerSecond());
        }
    }

    static RunSpecView of(RunSpec spec) {
        return new RunSpecView(
                RunRequest.Target.of(spec.target()),
                spec.connections(),
                spec.messageBytes(),
                spec.pipeline(),
                spec.ratePerSecond(),
                spec.duration().toMillis(),
                spec.warmup().toMillis(),
                spec.messages(),
                spec.timeout().toMillis(),
                ThresholdsView.of(spec.thresholds()),
                ProxyHeaderRequest.of(spec.proxyHeader()),
                TlsRequest.of(spec.tls()));
    }
}
