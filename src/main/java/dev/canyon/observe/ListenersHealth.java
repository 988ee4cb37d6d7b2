package dev.canyon.observe;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerSnapshot;
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
 * The health of each listener under {@code listeners}. The directory is asked each time, so entries come and go with
 * their listeners.
 *
 * <p>If there are too many to read, only those that are not up are listed, after an entry that counts them all; each is
 * still there under its own path.
 */
@Component("listenersHealthContributor")
class ListenersHealth implements CompositeHealthContributor {

    private static final int LISTED_AT_MOST = 200;

    /** No listener can have this name. */
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
                : directory.find(name).map(ListenersHealth::indicator).orElse(null);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        List<ListenerSnapshot> first = directory.all().limit(LISTED_AT_MOST + 1).toList();
        if (first.size() <= LISTED_AT_MOST) {
            return first.stream().map(ListenersHealth::entry);
        }
        return Stream.concat(
                Stream.of(new HealthContributors.Entry(COUNTS, counts())),
                directory
                        .all()
                        .filter(listener -> !ListenerHealth.isUp(listener))
                        .map(ListenersHealth::entry));
    }

    private static HealthContributors.Entry entry(ListenerSnapshot listener) {
        return new HealthContributors.Entry(listener.name(), indicator(listener));
    }

    private static HealthIndicator indicator(ListenerSnapshot listener) {
        return () -> ListenerHealth.of(listener);
    }

    private HealthIndicator counts() {
        return () -> {
            Map<String, Integer> states = totals.recent().totals().states();
            Health.Builder health = Health.up();
            for (String state : List.of("running", "stopped", "failed")) {
                health.withDetail(state, states.getOrDefault(state, 0));
            }
            return health.build();
        };
    }
}
