package dev.canyon.api.audit;

import dev.canyon.listener.ManagementObserver;
import dev.canyon.security.AuditEntry;
import dev.canyon.security.AuditTrail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts on record what is done over JMX, which does not say who does it, nor from where. */
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
