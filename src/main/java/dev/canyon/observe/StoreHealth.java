package dev.canyon.observe;

import dev.canyon.listener.ListenerStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The health of the store of definitions. Listeners work without it. */
@Component("storeHealthIndicator")
class StoreHealth implements HealthIndicator {

    private final ListenerStore store;

    StoreHealth(ListenerStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        return store.trouble()
                .map(trouble -> Health.status(DegradedStatus.because("the store is degraded"))
                        .withDetail("trouble", trouble)
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
