package dev.canyon.observe;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerSnapshot;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The health of each listener under {@code listeners}. The directory is asked each time, so entries come and go with
 * their listeners.
 */
@Component("listenersHealthContributor")
class ListenersHealth implements CompositeHealthContributor {

    private final ListenerDirectory directory;

    ListenersHealth(ListenerDirectory directory) {
        this.directory = directory;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return directory.find(name).map(ListenersHealth::indicator).orElse(null);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return directory.all().map(listener -> new HealthContributors.Entry(listener.name(), indicator(listener)));
    }

    private static HealthIndicator indicator(ListenerSnapshot listener) {
        return () -> ListenerHealth.of(listener);
    }
}
