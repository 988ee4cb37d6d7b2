package dev.canyon.listener;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Told of each operation that a managed bean was asked for, on the thread that asked, when it is done. Throws nothing. */
@FunctionalInterface
public interface ManagementObserver {

    ManagementObserver NONE = (listener, operation, refusal) -> {};

    /** What a managed bean can be asked for. */
    enum Operation {
        START,
        STOP,
        RESTART;

        /** The word used on every surface. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param refusal why it was not done; null if it was */
    void operated(String listener, Operation operation, @Nullable RuntimeException refusal);
}
