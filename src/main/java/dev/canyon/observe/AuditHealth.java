package dev.canyon.observe;

import dev.canyon.security.audit.AuditTrail;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The health of the audit trail. Changes are possible without it, so that a full disk does not lock out the administrator. */
@Component("auditHealthIndicator")
class AuditHealth implements HealthIndicator {

    private final AuditTrail trail;

    AuditHealth(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public Health health() {
        return trail.failure()
                .map(trouble -> Health.status(DegradedStatus.because("changes are not recorded in the audit trail"))
                        .withDetail("trouble", trouble)
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
