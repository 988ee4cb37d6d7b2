package dev.canyon.observe;

import dev.canyon.transport.EchoTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * How late the event loops are: {@code loops} in the health, {@code canyon.loop.lag} among the metrics. All listeners share
 * the loops, so one that is a second late holds up every client.
 */
@Component("loopsHealthIndicator")
class LoopLagHealth implements HealthIndicator {

    private static final Duration TOO_LATE = Duration.ofSeconds(1);
    private static final Status DEGRADED = Degraded.because("an event loop is more than a second late");

    private final EchoTransport transport;

    LoopLagHealth(EchoTransport transport, MeterRegistry meters) {
        this.transport = transport;
        TimeGauge.builder("canyon.loop.lag", transport, TimeUnit.NANOSECONDS, LoopLagHealth::lagNanos)
                .description("How late the latest event loop is")
                .register(meters);
    }

    private static double lagNanos(EchoTransport transport) {
        return transport.loopLag().toNanos();
    }

    @Override
    public Health health() {
        Duration lag = transport.loopLag();
        return Health.status(lag.compareTo(TOO_LATE) > 0 ? DEGRADED : Status.UP)
                .withDetail("lagMs", lag.toMillis())
                .build();
    }
}
