package dev.canyon.listener;

import dev.canyon.listener.ListenerState.Failed;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a document did to one listener.
 *
 * @param failure why it is failed; null unless it is
 */
public record Applied(String name, Result result, @Nullable Failed failure) {

    /** What became of it. */
    public enum Result {
        CREATED,
        UPDATED,
        UNCHANGED,
        DELETED,
        /** Created or changed as the document says, but its port could not be bound, or is not allowed. */
        FAILED;

        /** The word used on every surface. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
