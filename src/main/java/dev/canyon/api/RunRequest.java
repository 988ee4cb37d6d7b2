package dev.canyon.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.canyon.api.json.Faults;
import dev.canyon.api.json.SelfChecking;
import dev.canyon.probe.run.RunSpec;
import dev.canyon.probe.run.RunTarget;
import dev.canyon.probe.run.RunTarget.OwnListener;
import dev.canyon.probe.run.RunTarget.Remote;
import dev.canyon.probe.run.Thresholds;
import dev.canyon.settings.LimitSettings;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Protocol;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run shall do, as it comes in; and as it goes out, with every default filled in. */
@Schema(description = "What a run shall do. Only target is required; null means the default.")
record RunRequest(
        @NotNull(message = "is required: where shall the messages go?") @Valid @Nullable
        Target target,

        @Schema(
                description = "TCP connections or UDP flows; canyon.limits.run-connections is the most",
                defaultValue = "10")
        @Min(1)
        @Max(LimitSettings.MAX_RUN_CONNECTIONS)
        @Nullable
        Integer connections,

        @Schema(
                description = "Bytes of each message; on UDP 16 to 65507, of which 16 carry its number."
                        + " canyon.limits.message-bytes is the most",
                defaultValue = "64")
        @Min(1)
        @Max(LimitSettings.MAX_MESSAGE_BYTES)
        @Nullable
        Integer messageBytes,

        @Schema(
                description = "Messages unanswered on one connection, at most. With ratePerSecond 0 means no limit, and"
                        + " is the default: a message is sent when it is due. Without it the default is 1")
        @Min(0)
        @Max(RunSpec.MOST_UNDER_WAY)
        @Nullable
        Integer pipeline,

        @Schema(
                description = "Messages a second, over all connections; null for as fast as it goes."
                        + " canyon.limits.run-rate is the most",
                nullable = true)
        @DecimalMin("0.001")
        @DecimalMax("" + LimitSettings.MAX_RUN_RATE)
        @Nullable
        Double ratePerSecond,

        @Schema(
                description =
                        "How long to send, in milliseconds; canyon.limits.run-duration is the most, and the default"
                                + " where messages is given",
                defaultValue = "10000")
        @Min(1)
        @Max(LimitSettings.MAX_RUN_DURATION_MS)
        @Nullable
        Long durationMs,

        @Schema(
                description =
                        "How long to do the same before that without measuring it, in milliseconds, on connections of"
                                + " its own: so that neither cold code nor a cold path is measured. It takes part in"
                                + " canyon.limits.run-duration",
                defaultValue = "0")
        @Min(0)
        @Max(LimitSettings.MAX_RUN_DURATION_MS)
        @Nullable
        Long warmupMs,

        @Schema(description = "How many to send at most, over all connections; null for no limit", nullable = true)
        @Min(1)
        @Nullable
        Long messages,

        @Schema(
                description = "A message that is not answered in so many milliseconds is lost; a connection that is not"
                        + " established in that time has failed. Answers are awaited as long at the end",
                defaultValue = "2000")
        @Min(1)
        @Max(MessageRequest.MAX_TIMEOUT_MS)
        @Nullable
        Long timeoutMs,

        @Schema(description = "What the run has to keep to pass") @Valid @Nullable
        Goals thresholds)
        implements SelfChecking {

    private static final int DEFAULT_CONNECTIONS = 10;
    private static final int DEFAULT_MESSAGE_BYTES = 64;
    private static final Duration SHORTEST_DURATION = Duration.ofMillis(1);
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "RunTarget",
            description =
                    "Either listener alone, the name of a running listener of Canyon; or protocol, host and port of"
                            + " one, or of what canyon.targets.allowed permits")
    record Target(
            @Schema(example = "echo-tcp") @Nullable String listener,

            @Schema(allowableValues = {"tcp", "udp"})
            @Pattern(regexp = "tcp|udp", message = "must be tcp or udp")
            @Nullable
            String protocol,

            @Schema(description = "An address or a host name")
            @Size(min = 1, max = ListenAddress.MAX_HOST_LENGTH)
            @Pattern(regexp = ListenAddress.HOST_PATTERN, message = "must be an address or a host name")
            @Nullable
            String host,

            @Min(1) @Max(ListenAddress.MAX_PORT) @Nullable Integer port) {

        static Target of(RunTarget target) {
            if (target instanceof Remote remote) {
                return new Target(null, remote.protocol().toString(), remote.host(), remote.port());
            }
            return new Target(((OwnListener) target).name(), null, null, null);
        }

        private void check(Faults faults) {
            if (listener == null) {
                require("protocol", protocol, "tcp or udp", faults);
                require("host", host, "an address or a host name", faults);
                require("port", port, "1 to 65535", faults);
            } else if (Stream.of(protocol, host, port).anyMatch(Objects::nonNull)) {
                faults.add("target", "must have either listener alone, or protocol, host and port");
            }
        }

        private static void require(String field, @Nullable Object value, String expected, Faults faults) {
            if (value == null) {
                faults.add("target." + field, "is required where no listener is named: " + expected);
            }
        }

        /** Only for one that has passed its checks. */
        RunTarget toTarget() {
            return listener != null
                    ? new OwnListener(listener)
                    : new Remote(
                            Protocol.valueOf(Objects.requireNonNull(protocol).toUpperCase(Locale.ROOT)),
                            Objects.requireNonNull(host),
                            Objects.requireNonNull(port));
        }
    }

    @Schema(
            name = "RunThresholds",
            description =
                    "Null is not asked for. That every byte comes back right and every connection holds is asked for"
                            + " in any case")
    record Goals(
            @Schema(description = "At most so long for half of the answers; the others likewise", nullable = true)
            @DecimalMin("0")
            @Nullable
            Double p50Micros,

            @Schema(nullable = true) @DecimalMin("0") @Nullable
            Double p90Micros,

            @Schema(nullable = true) @DecimalMin("0") @Nullable
            Double p99Micros,

            @Schema(nullable = true) @DecimalMin("0") @Nullable
            Double p999Micros,

            @Schema(nullable = true) @DecimalMin("0") @Nullable
            Double maxMicros,

            @Schema(description = "Of what was sent, at most this part may be lost", defaultValue = "0")
            @DecimalMin("0")
            @DecimalMax("1")
            @Nullable
            Double lossRatio,

            @Schema(description = "At least so many answers a second", nullable = true) @DecimalMin("0") @Nullable
            Double messagesPerSecond) {

        static Goals of(Thresholds thresholds) {
            return new Goals(
                    thresholds.p50Micros(),
                    thresholds.p90Micros(),
                    thresholds.p99Micros(),
                    thresholds.p999Micros(),
                    thresholds.maxMicros(),
                    thresholds.lossRatio(),
                    thresholds.messagesPerSecond());
        }

        Thresholds toThresholds() {
            return new Thresholds(
                    p50Micros,
                    p90Micros,
                    p99Micros,
                    p999Micros,
                    maxMicros,
                    lossRatio == null ? Thresholds.NONE.lossRatio() : lossRatio,
                    messagesPerSecond);
        }
    }

    static RunRequest of(RunSpec spec) {
        return new RunRequest(
                Target.of(spec.target()),
                spec.connections(),
                spec.messageBytes(),
                spec.pipeline(),
                spec.ratePerSecond(),
                spec.duration().toMillis(),
                spec.warmup().toMillis(),
                spec.messages(),
                spec.timeout().toMillis(),
                Goals.of(spec.thresholds()));
    }

    @Override
    public void check(Faults faults) {
        if (target != null) {
            target.check(faults);
        }
        if (ratePerSecond == null && pipeline != null && pipeline == 0) {
            faults.add("pipeline", "must be 1 or more without ratePerSecond: 0, no limit, is for a fixed rate");
        }
    }

    /**
     * Only for a request that has passed its checks.
     *
     * @param limits have the duration where only a number of messages is asked for
     * @throws dev.canyon.probe.run.InvalidRunException if the numbers do not go together
     */
    RunSpec toSpec(LimitSettings limits) {
        return new RunSpec(
                Objects.requireNonNull(target).toTarget(),
                connections == null ? DEFAULT_CONNECTIONS : connections,
                messageBytes == null ? DEFAULT_MESSAGE_BYTES : messageBytes,
                pipeline == null ? defaultPipeline() : pipeline,
                ratePerSecond,
                durationMs == null ? defaultDuration(limits.runDuration()) : Duration.ofMillis(durationMs),
                warmup(),
                messages,
                timeoutMs == null ? DEFAULT_TIMEOUT : Duration.ofMillis(timeoutMs),
                thresholds == null ? Thresholds.NONE : thresholds.toThresholds());
    }

    /** At a fixed rate a message does not wait for answers: that would hide how late they are. */
    private int defaultPipeline() {
        return ratePerSecond == null ? 1 : 0;
    }

    private Duration warmup() {
        return warmupMs == null ? Duration.ZERO : Duration.ofMillis(warmupMs);
    }

    /** What the warm-up leaves of the limit, at the most; where it leaves nothing, the limit is told. */
    private Duration defaultDuration(Duration limit) {
        Duration left = limit.minus(warmup());
        Duration longest = left.compareTo(SHORTEST_DURATION) < 0 ? SHORTEST_DURATION : left;
        return messages != null || longest.compareTo(DEFAULT_DURATION) < 0 ? longest : DEFAULT_DURATION;
    }
}
