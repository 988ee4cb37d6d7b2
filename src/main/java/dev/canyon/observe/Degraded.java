package dev.canyon.observe;

import org.springframework.boot.health.contributor.Status;

/** Something is wrong that no restart would cure and that leaves the rest at work: told, and answered with 200 but in the readiness. */
final class Degraded {

    private Degraded() {}

    static Status because(String reason) {
        return new Status("DEGRADED", reason);
    }
}
