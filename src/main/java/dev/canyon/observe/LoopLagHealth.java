package dev.canyon.observe;

import dev.canyon.engine.EchoTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * The lag of the event loops: health component {@code loops} and metric {@code canyon.loop.lag}. All listeners share the event
 * loops, so a lag of a second delays every client.
 */
@Component("loopsHealthIndicator")
class LoopLagHealth implements HealthIndicator {

    private static final Duration MAX_LAG = Duration.ofSeconds(1);
    private static final Status DEGRADED = DegradedStatus.because("an event loop lags by more than a second");

    private final EchoTransport transport;

    LoopLagHealth(EchoTransport transport, MeterRegistry meters) {
        this.transport = transport;
        TimeGauge.builder("canyon.loop.lag", transport, TimeUnit.NANOSECONDS, LoopLagHealth::lagNanos)
                .description("Maximum lag of the event loops")
                .register(meters);
    }

    private static double lagNanos(EchoTransport transport) {
        return transport.loopLag().toNanos();
    }

    @Override
    public Health health() {
        Duration lag = transport.loopLag();
        return Health.status(lag.compareTo(MAX_LAG) > 0 ? DEGRADED : Status.UP)
                .withDetail("lagMs", lag.toMillis())
                .build();
    }
}
