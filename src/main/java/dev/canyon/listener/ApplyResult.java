package dev.canyon.listener;

import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.net.WireName;
import org.jspecify.annotations.Nullable;

/**
 * The result of applying a document to one listener.
 *
 * @param failure why the port could not be opened; null unless the listener is failed
 */
public record ApplyResult(
        String name, Result result, @Nullable Failed failure) {

    /** What was done. */
    public enum Result {
        CREATED,
        UPDATED,
        UNCHANGED,
        DELETED,
        /** Created or changed as described, but the port could not be bound or is not allowed. */
        FAILED;

        /** The spelling used in the API. */
        @Override
        public String toString() {
            return WireName.of(this);
        }
    }
}
