package dev.canyon.junit;

import java.util.Collection;
import java.util.function.Consumer;

/** Ends what a test has left. */
final class Cleanup {

    private Cleanup() {}

    /** Ends each of them, even if that fails for some. Throws the first failure; the others are suppressed. */
    static <T> void each(Collection<T> left, Consumer<T> end) {
        RuntimeException failure = null;
        for (T each : left) {
            try {
                end.accept(each);
            } catch (RuntimeException ex) {
                if (failure == null) {
                    failure = ex;
                } else {
                    failure.addSuppressed(ex);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
