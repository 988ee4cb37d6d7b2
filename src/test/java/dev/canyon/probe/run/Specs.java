package dev.canyon.probe.run;

import dev.canyon.transport.Protocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes what a test asks of a run, from what it cares about. */
record Specs(
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

    /** One connection, one message at a time, nothing lost before twenty seconds. */
    static Specs messages(long count) {
        return new Specs(1, 64, 1, null, LONG, Duration.ZERO, count, LONG, Thresholds.NONE);
    }

    static Specs during(Duration time) {
        return new Specs(1, 64, 1, null, time, Duration.ZERO, null, LONG, Thresholds.NONE);
    }

    Specs over(int flows) {
        return new Specs(flows, messageBytes, pipeline, rate, duration, warmup, messages, timeout, thresholds);
    }

    Specs of(int bytes) {
        return new Specs(connections, bytes, pipeline, rate, duration, warmup, messages, timeout, thresholds);
    }

    Specs inFlight(int most) {
        return new Specs(connections, messageBytes, most, rate, duration, warmup, messages, timeout, thresholds);
    }

    /** And no limit to what is in flight. */
    Specs at(double perSecond) {
        return new Specs(connections, messageBytes, 0, perSecond, duration, warmup, messages, timeout, thresholds);
    }

    Specs lostAfter(Duration time) {
        return new Specs(connections, messageBytes, pipeline, rate, duration, warmup, messages, time, thresholds);
    }

    Specs warmedUpFor(Duration time) {
        return new Specs(connections, messageBytes, pipeline, rate, duration, time, messages, timeout, thresholds);
    }

    Specs passingIf(Thresholds kept) {
        return new Specs(connections, messageBytes, pipeline, rate, duration, warmup, messages, timeout, kept);
    }

    RunSpec spec() {
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
