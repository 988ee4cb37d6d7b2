package dev.canyon.observe;

import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The health of each listener, under {@code listeners}. Reads the directory on each request, so entries are added and removed
 * with their listeners.
 *
 * <p>With more than {@value #MAX_LISTED} listeners, only those that are not up are listed, after an entry with the number of
 * listeners by state and the names of some that have faults; each listener remains available under its own path.
 */
@Component("listenersHealthContributor")
class ListenersHealth implements CompositeHealthContributor {

    private static final int MAX_LISTED = 200;

    /** The number of listeners with faults that are named. */
    private static final int MAX_FAULTY = 20;

    /** Not a valid listener name. */
    private static final String COUNTS = "_counts";

    private final ListenerDirectory directory;
    private final Totals totals;

    ListenersHealth(ListenerDirectory directory, Totals totals) {
        this.directory = directory;
        this.totals = totals;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return name.equals(COUNTS)
                ? counts()
                : directory.find(name).map(this::indicator).orElse(null);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        List<ListenerSnapshot> first = directory.all().limit(MAX_LISTED + 1).toList();
        if (first.size() <= MAX_LISTED) {
            return first.stream().map(this::entry);
        }
        return Stream.concat(
                Stream.of(new HealthContributors.Entry(COUNTS, counts())),
                directory
                        .all()
                        .filter(listener -> !ListenerHealth.isUp(listener))
                        .map(this::entry));
    }

    private HealthContributors.Entry entry(ListenerSnapshot listener) {
        return new HealthContributors.Entry(listener.name(), indicator(listener));
    }

    private HealthIndicator indicator(ListenerSnapshot listener) {
        return () -> ListenerHealth.of(listener, faultsOf(listener));
    }

    /** Those of a listener that was deleted meanwhile are gone. */
    private List<ActiveFault> faultsOf(ListenerSnapshot listener) {
        if (listener.faults() == 0) {
            return List.of();
        }
        try {
            return directory.faults(listener.name()).all();
        } catch (ListenerNotFoundException deleted) {
            return List.of();
        }
    }

    private HealthIndicator counts() {
        return () -> {
            Map<String, Integer> states = totals.recent().totals().states();
            Health.Builder health = Health.up();
            for (String state : List.of("running", "stopped", "failed")) {
                health.withDetail(state, states.getOrDefault(state, 0));
            }
            List<String> faulty = directory
                    .all()
                    .filter(listener -> listener.faults() > 0)
                    .limit(MAX_FAULTY)
                    .map(ListenerSnapshot::name)
                    .toList();
            if (!faulty.isEmpty()) {
                health.withDetail("withFaults", faulty);
            }
            return health.build();
        };
    }
}
