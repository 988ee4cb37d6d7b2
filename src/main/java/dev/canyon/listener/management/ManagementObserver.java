package dev.canyon.listener.management;

import dev.canyon.net.WireName;
import org.jspecify.annotations.Nullable;

/** Called after each operation of a managed bean, on the calling thread. Must not throw. */
@FunctionalInterface
public interface ManagementObserver {

    ManagementObserver NONE = (listener, operation, refusal) -> {};

    /** The operations of a managed bean. */
    enum Operation {
        START,
        STOP,
        RESTART;

        /** The value used in the API, logs, metrics and CLI. */
        @Override
        public String toString() {
            return WireName.of(this);
        }
    }

    /** @param refusal why the operation failed; null if it succeeded */
    void operated(String listener, Operation operation, @Nullable RuntimeException refusal);
}
