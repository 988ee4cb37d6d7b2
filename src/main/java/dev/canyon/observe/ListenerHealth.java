package dev.canyon.observe;

import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.IpText;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one listener. A listener that cannot be opened is {@code DEGRADED}, which is HTTP status 200: Canyon itself is
 * healthy, and a restart would not help.
 */
final class ListenerHealth {

    private static final Status NOT_BOUND =
            DegradedStatus.because("the listener is enabled, but its port could not be bound");

    private static final Status NO_TLS = DegradedStatus.because("the listener is enabled, but its TLS cannot be used");

    private ListenerHealth() {}

    static boolean isUp(ListenerSnapshot listener) {
        return !(listener.state() instanceof Failed);
    }

    static Status status(ListenerState state) {
        if (!(state instanceof Failed failed)) {
            return Status.UP;
        }
        return failed.reason() == FailureReason.TLS_UNAVAILABLE ? NO_TLS : NOT_BOUND;
    }

    /** @param faults those in force, which do not change the status: they are there on purpose */
    static Health of(ListenerSnapshot listener, List<ActiveFault> faults) {
        Health.Builder health = new Health.Builder()
                .status(status(listener.state()))
                .withDetail("protocol", listener.definition().protocol().toString())
                .withDetail("state", listener.state().word());
        if (listener.state() instanceof Running running) {
            health.withDetail("address", IpText.of(running.endpoint().address().getAddress()))
                    .withDetail("port", running.endpoint().address().getPort())
                    .withDetail("since", running.since())
                    .withDetail("connections", listener.counters().connections().active());
        }
        if (listener.state() instanceof Failed failed) {
            health.withDetail("failure", failed.reason().toString()).withDetail("detail", failed.detail());
        }
        String expiry = CertificateExpiry.of(listener);
        if (expiry != null) {
            health.withDetail("certificate", expiry);
        }
        if (!faults.isEmpty()) {
            health.withDetail("faults", FaultTypes.byId(faults));
        }
        return health.build();
    }
}
