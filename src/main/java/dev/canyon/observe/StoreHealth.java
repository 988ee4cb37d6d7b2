package dev.canyon.observe;

import dev.canyon.listener.ListenerStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The health of what keeps the definitions. Listeners echo on without it. */
@Component("storeHealthIndicator")
class StoreHealth implements HealthIndicator {

    private final ListenerStore store;

    StoreHealth(ListenerStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        return store.trouble()
                .map(trouble -> Health.status(Degraded.because("the store is in trouble"))
                        .withDetail("trouble", trouble)
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
