package dev.canyon.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.canyon.api.json.Faults;
import dev.canyon.api.json.Validatable;
import dev.canyon.api.message.MessageRequest;
import dev.canyon.api.target.ProxyHeaderRequest;
import dev.canyon.api.target.TlsRequest;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import dev.canyon.net.Zone;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget;
import dev.canyon.probe.spec.RunTarget.OwnListener;
import dev.canyon.probe.spec.RunTarget.Remote;
import dev.canyon.probe.spec.Thresholds;
import dev.canyon.settings.LimitSettings;
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

/** Specification of a run in a request. {@link RunSpecView} is the same in a response. */
@Schema(description = "Specification of a run. Only target is required; null selects the default.")
record RunRequest(
        @NotNull(message = "is required: a listener, or protocol, host and port") @Valid @Nullable
        Target target,

        @Schema(
                description = "Number of TCP connections or UDP flows, at most canyon.limits.run-connections",
                defaultValue = "10")
        @Min(1)
        @Max(LimitSettings.MAX_RUN_CONNECTIONS)
        @Nullable
        Integer connections,

        @Schema(
                description =
                        "Size of each message in bytes, at most canyon.limits.message-bytes. On UDP 16 to 65507, including a"
                                + " 16-byte header with the sequence number",
                defaultValue = "64")
        @Min(1)
        @Max(LimitSettings.MAX_MESSAGE_BYTES)
        @Nullable
        Integer messageBytes,

        @Schema(
                description =
                        "Maximum number of unanswered messages per connection. The default is 1, or 0 if ratePerSecond is given; 0 means"
                                + " no limit: each message is sent at its scheduled time")
        @Min(0)
        @Max(RunSpec.MAX_IN_FLIGHT)
        @Nullable
        Integer pipeline,

        @Schema(
                description =
                        "Messages per second over all connections, at most canyon.limits.run-rate; null sends as fast as"
                                + " possible")
        @DecimalMin("0.001")
        @DecimalMax("" + LimitSettings.MAX_RUN_RATE)
        @Nullable
        Double ratePerSecond,

        @Schema(
                description =
                        "Duration of the load, in milliseconds, at most canyon.limits.run-duration, which is the default if"
                                + " messages is given",
                defaultValue = "10000")
        @Min(1)
        @Max(LimitSettings.MAX_RUN_DURATION_MS)
        @Nullable
        Long durationMs,

        @Schema(
                description =
                        "Duration of an unmeasured warm-up on separate connections, in milliseconds. Counts towards"
                                + " canyon.limits.run-duration",
                defaultValue = "0")
        @Min(0)
        @Max(LimitSettings.MAX_RUN_DURATION_MS)
        @Nullable
        Long warmupMs,

        @Schema(description = "Maximum number of messages to send over all connections; null for no limit")
        @Min(1)
        @Nullable
        Long messages,

        @Schema(
                description =
                        "Timeout of each response and of each TCP and TLS handshake, in milliseconds. A message without a response in"
                                + " that time is lost. After the last message the run waits this long for responses",
                defaultValue = "2000")
        @Min(1)
        @Max(MessageRequest.MAX_TIMEOUT_MS)
        @Nullable
        Long timeoutMs,

        @Schema(description = "Criteria for the verdict pass") @Valid @Nullable
        ThresholdsRequest thresholds,

        @Valid @Nullable ProxyHeaderRequest proxyProtocol,
        @Valid @Nullable TlsRequest tls)
        implements Validatable {

    private static final int DEFAULT_CONNECTIONS = 10;
    private static final int DEFAULT_MESSAGE_BYTES = 64;
    private static final Duration SHORTEST_DURATION = Duration.ofMillis(1);
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "RunTarget",
            description =
                    "Either listener (the name of a running listener), or protocol, host and port of a running listener or"
                            + " of a target that canyon.targets.allowed permits")
    record Target(
            @Schema(example = "echo-tcp") @Nullable String listener,

            @Schema(allowableValues = {"tcp", "udp"})
            @Pattern(regexp = "tcp|udp", message = "must be tcp or udp")
            @Nullable
            String protocol,

            @Schema(description = "IP address or host name")
            @Size(min = 1, max = ListenAddress.MAX_HOST_LENGTH)
            @Pattern(regexp = ListenAddress.HOST_PATTERN, message = "must be an IP address or a host name")
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
                require("host", host, "an IP address or a host name", faults);
                require("port", port, "1 to 65535", faults);
            } else if (Stream.of(protocol, host, port).anyMatch(Objects::nonNull)) {
                faults.add("target", "must have either listener, or protocol, host and port");
            }
        }

        private static void require(String field, @Nullable Object value, String expected, Faults faults) {
            if (value == null) {
                faults.add("target." + field, "is required unless listener is given: " + expected);
            }
        }

        /** Must not be called before the checks have passed. */
        RunTarget toTarget() {
            return listener != null
                    ? new OwnListener(listener)
                    : new Remote(
                            Protocol.valueOf(Objects.requireNonNull(protocol).toUpperCase(Locale.ROOT)),
                            Zone.decode(Objects.requireNonNull(host)),
                            Objects.requireNonNull(port));
        }
    }

    @Schema(
            name = "RunThresholdsRequest",
            description =
                    "Thresholds of the verdict; null disables one. In addition every response must equal its message and no"
                            + " connection may fail")
    record ThresholdsRequest(
            @Schema(description = "Maximum median latency in microseconds") @DecimalMin("0") @Nullable
            Double p50Micros,

            @Schema(description = "Maximum 90th percentile of latency in microseconds") @DecimalMin("0") @Nullable
            Double p90Micros,

            @Schema(description = "Maximum 99th percentile of latency in microseconds") @DecimalMin("0") @Nullable
            Double p99Micros,

            @Schema(description = "Maximum 99.9th percentile of latency in microseconds") @DecimalMin("0") @Nullable
            Double p999Micros,

            @Schema(description = "Maximum latency of any message in microseconds") @DecimalMin("0") @Nullable
            Double maxMicros,

            @Schema(description = "Maximum ratio of lost to sent messages", defaultValue = "0")
            @DecimalMin("0")
            @DecimalMax("1")
            @Nullable
            Double lossRatio,

            @Schema(description = "Minimum rate of received messages per second") @DecimalMin("0") @Nullable
            Double messagesPerSecond) {

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

    @Override
    public void check(Faults faults) {
        if (target != null) {
            target.check(faults);
        }
        if (proxyProtocol != null) {
            proxyProtocol.check(faults);
        }
        if (tls != null) {
            tls.check(faults);
        }
        if (ratePerSecond == null && pipeline != null && pipeline == 0) {
            faults.add("pipeline", "must be 1 or more without ratePerSecond; 0 (no limit) requires a fixed rate");
        }
    }

    /**
     * The run in plain text. Must not be called before the checks have passed.
     *
     * @param limits provide the duration if only a number of messages is given
     * @throws dev.canyon.probe.spec.InvalidRunException if the values contradict each other
     */
    RunSpec toSpec(LimitSettings limits) {
        RunSpec spec = new RunSpec(
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
        return proxyProtocol == null ? spec : spec.behind(proxyProtocol.toHeader());
    }

    /** At a fixed rate messages do not wait for responses, which would hide their latency (coordinated omission). */
    private int defaultPipeline() {
        return ratePerSecond == null ? 1 : 0;
    }

    private Duration warmup() {
        return warmupMs == null ? Duration.ZERO : Duration.ofMillis(warmupMs);
    }

    /** At most what the warm-up leaves of the limit. If it leaves nothing, admission rejects the run. */
    private Duration defaultDuration(Duration limit) {
        Duration left = limit.minus(warmup());
        Duration longest = left.compareTo(SHORTEST_DURATION) < 0 ? SHORTEST_DURATION : left;
        return messages != null || longest.compareTo(DEFAULT_DURATION) < 0 ? longest : DEFAULT_DURATION;
    }
}
