package dev.canyon.observe;

import dev.canyon.listener.ListenerStore;
import dev.canyon.listener.VersionedDefinition;
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
 * Stands before the store and takes the time of its calls: {@code canyon.store.operation} among the metrics. The time is
 * the caller's, so it has in it the wait for a write that is under way. Calls and what comes of them pass unchanged.
 */
@Primary
@Component
class TimedStore implements ListenerStore {

    /** From a memory disk to one that is ill; a refusal may take some seconds. */
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

    /** One operation. Both outcomes are registered at once, so that a first failure is seen to rise from zero. */
    private static final class Timed {
        private final Timer succeeded;
        private final Timer failed;

        Timed(String operation, MeterRegistry meters) {
            succeeded = timer(operation, "success", meters);
            failed = timer(operation, "failure", meters);
        }

        private static Timer timer(String operation, String outcome, MeterRegistry meters) {
            return Timer.builder("canyon.store.operation")
                    .description("Time to make a change durable, or to read everything")
                    .tag("operation", operation)
                    .tag("outcome", outcome)
                    .serviceLevelObjectives(BUCKETS)
                    .register(meters);
        }

        <T> T take(Supplier<T> call) {
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
        return loads.take(store::load);
    }

    @Override
    public void write(Collection<VersionedDefinition> saved, Set<String> deleted) {
        writes.take(() -> {
            store.write(saved, deleted);
            return true;
        });
    }

    @Override
    public Optional<String> trouble() {
        return store.trouble();
    }
}
