package dev.canyon.observe;

import dev.canyon.security.AuditTrail;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The health of the audit trail. Changes are made without it, so that a full disk locks nobody out who could cure it. */
@Component("auditHealthIndicator")
class AuditHealth implements HealthIndicator {

    private final AuditTrail trail;

    AuditHealth(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public Health health() {
        return trail.trouble()
                .map(trouble -> Health.status(Degraded.because("changes are not on record"))
                        .withDetail("trouble", trouble)
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
