package dev.canyon.observe;

import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.traffic.ByteBudget;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * What waits in the memory of the process: health component {@code memory} and the metrics {@code canyon.waiting.bytes} and {@code
 * canyon.waiting.limit.bytes}.
 */
@Component("memoryHealthIndicator")
class WaitingBytesHealth implements HealthIndicator {

    private static final Status DEGRADED =
            DegradedStatus.because("too many bytes wait in memory, or the memory of the container is nearly used up;"
                    + " new connections are rejected");

    private final ByteBudget waiting;

    WaitingBytesHealth(EchoTransport transport, MeterRegistry meters) {
        this.waiting = transport.waiting();
        Gauge.builder("canyon.waiting.bytes", waiting, ByteBudget::held)
                .description("Bytes that wait in memory: unread replies, delayed data and captured messages")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("canyon.waiting.limit.bytes", waiting, ByteBudget::limit)
                .description("Maximum number of bytes that wait in memory")
                .baseUnit("bytes")
                .register(meters);
    }

    @Override
    public Health health() {
        return Health.status(waiting.isExceeded() ? DEGRADED : Status.UP)
                .withDetail("waitingBytes", waiting.held())
                .withDetail("limitBytes", waiting.limit())
                .build();
    }
}
