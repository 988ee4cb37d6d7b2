package dev.canyon.observe;

import org.springframework.boot.health.contributor.Status;

/** A problem that a restart would not solve and that does not affect the rest: HTTP status 200, except in the readiness group. */
final class DegradedStatus {

    private DegradedStatus() {}

    static Status because(String reason) {
        return new Status("DEGRADED", reason);
    }
}
