package dev.canyon.api.audit;

import dev.canyon.listener.management.ManagementObserver;
import dev.canyon.security.audit.AuditEntry;
import dev.canyon.security.audit.AuditTrail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records operations over JMX, which provides neither user nor source address. */
@Component
class JmxAudit implements ManagementObserver {

    private static final String ACTOR = "jmx";

    private final AuditTrail trail;

    JmxAudit(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void operated(String listener, Operation operation, @Nullable RuntimeException refusal) {
        trail.record(new AuditEntry(
                Instant.now(),
                ACTOR,
                null,
                "listener." + operation,
                listener,
                refusal == null ? AuditEntry.OK : "refused",
                null,
                null));
    }
}
