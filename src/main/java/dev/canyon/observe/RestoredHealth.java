package dev.canyon.observe;

import dev.canyon.listener.directory.ListenerDirectory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Part of readiness: a load balancer sends no traffic before every enabled listener has been started or has failed. */
@Component("restoredHealthIndicator")
class RestoredHealth implements HealthIndicator {

    private final ListenerDirectory directory;

    RestoredHealth(ListenerDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Health health() {
        return directory.isComplete()
                ? Health.up().build()
                : Health.status(DegradedStatus.because("stored listeners have not been restored yet"))
                        .build();
    }
}
