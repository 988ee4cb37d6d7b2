package dev.canyon.observe;

import dev.canyon.definition.VersionedDefinition;
import dev.canyon.listener.ListenerStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * Decorates the store with the metric {@code canyon.store.operation}. The time measured includes waiting for a write in
 * progress. Results and exceptions are passed on unchanged.
 */
@Primary
@Component
class TimedStore implements ListenerStore {

    /** From a memory disk to a failing one, where an error may take several seconds. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final ListenerStore store;
    private final Timed loads;
    private final Timed writes;

    TimedStore(ListenerStore store, MeterRegistry meters) {
        this.store = store;
        this.loads = new Timed("load", meters);
        this.writes = new Timed("write", meters);
    }

    /** One operation. Both outcomes are registered at startup, so that the first failure is visible as an increase from zero. */
    private static final class Timed {
        private final Timer succeeded;
        private final Timer failed;

        Timed(String operation, MeterRegistry meters) {
            succeeded = timer(operation, "success", meters);
            failed = timer(operation, "failure", meters);
        }

        private static Timer timer(String operation, String outcome, MeterRegistry meters) {
            return Timer.builder("canyon.store.operation")
                    .description("Time to make a change durable, or to load all definitions")
                    .tag("operation", operation)
                    .tag("outcome", outcome)
                    .serviceLevelObjectives(BUCKETS)
                    .register(meters);
        }

        <T> T time(Supplier<T> call) {
            long begin = System.nanoTime();
            Timer outcome = failed;
            try {
                T result = call.get();
                outcome = succeeded;
                return result;
            } finally {
                outcome.record(Duration.ofNanos(System.nanoTime() - begin));
            }
        }
    }

    @Override
    public List<VersionedDefinition> load() {
        return loads.time(store::load);
    }

    @Override
    public void write(Collection<VersionedDefinition> saved, Set<String> deleted) {
        writes.time(() -> {
            store.write(saved, deleted);
            return true;
        });
    }

    @Override
    public Optional<String> trouble() {
        return store.trouble();
    }
}
