package dev.canyon.observe;

import dev.canyon.listener.ListenerDirectory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Part of readiness: no traffic from a load balancer before every enabled listener has been tried. */
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
                : Health.status(Degraded.because("stored listeners are not known yet"))
                        .build();
    }
}
