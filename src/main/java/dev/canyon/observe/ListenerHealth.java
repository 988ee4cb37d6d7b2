package dev.canyon.observe;

import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.transport.IpText;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says how one listener is. One that cannot be opened is {@code DEGRADED}, which answers 200: Canyon itself is well, and
 * a restart would not help.
 */
final class ListenerHealth {

    private static final Status DEGRADED = Degraded.because("wanted open, but the port could not be bound");

    private ListenerHealth() {}

    static boolean isUp(ListenerSnapshot listener) {
        return !(listener.state() instanceof Failed);
    }

    static Health of(ListenerSnapshot listener) {
        Health.Builder health = new Health.Builder()
                .status(isUp(listener) ? Status.UP : DEGRADED)
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
        return health.build();
    }
}
