package dev.canyon.probe.run;

import dev.canyon.net.Protocol;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget;
import dev.canyon.probe.spec.Thresholds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds run specifications for tests. */
public record Specs(
        int connections,
        int messageBytes,
        int pipeline,
        @Nullable Double rate,
        Duration duration,
        Duration warmup,
        @Nullable Long messages,
        Duration timeout,
        Thresholds thresholds) {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** One connection, one message at a time, a timeout of twenty seconds. */
    public static Specs messages(long count) {
        return new Specs(1, 64, 1, null, LONG, Duration.ZERO, count, LONG, Thresholds.NONE);
    }

    public static Specs during(Duration time) {
        return new Specs(1, 64, 1, null, time, Duration.ZERO, null, LONG, Thresholds.NONE);
    }

    public Specs over(int flows) {
        return new Specs(flows, messageBytes, pipeline, rate, duration, warmup, messages, timeout, thresholds);
    }

    public Specs of(int bytes) {
        return new Specs(connections, bytes, pipeline, rate, duration, warmup, messages, timeout, thresholds);
    }

    public Specs inFlight(int most) {
        return new Specs(connections, messageBytes, most, rate, duration, warmup, messages, timeout, thresholds);
    }

    /** At a fixed rate without a limit of messages in flight. */
    public Specs at(double perSecond) {
        return new Specs(connections, messageBytes, 0, perSecond, duration, warmup, messages, timeout, thresholds);
    }

    public Specs lostAfter(Duration time) {
        return new Specs(connections, messageBytes, pipeline, rate, duration, warmup, messages, time, thresholds);
    }

    public Specs warmedUpFor(Duration time) {
        return new Specs(connections, messageBytes, pipeline, rate, duration, time, messages, timeout, thresholds);
    }

    public Specs passingIf(Thresholds kept) {
        return new Specs(connections, messageBytes, pipeline, rate, duration, warmup, messages, timeout, kept);
    }

    public RunSpec spec() {
        return new RunSpec(
                new RunTarget.Remote(Protocol.TCP, "test", 1),
                connections,
                messageBytes,
                pipeline,
                rate,
                duration,
                warmup,
                messages,
                timeout,
                thresholds);
    }
}
