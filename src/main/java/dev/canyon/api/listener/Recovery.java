package dev.canyon.api.listener;

import dev.canyon.thread.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Equivalent of {@code try} and {@code catch} for asynchronous calls. */
final class Recovery {

    private Recovery() {}

    /** Continues with another call if one has failed with an exception of this type. */
    static <T, E extends RuntimeException> CompletableFuture<T> onFailure(
            CompletableFuture<T> call, Class<E> type, Function<E, CompletableFuture<T>> next) {
        return call.exceptionallyCompose(failure -> {
            Throwable cause = Futures.cause(failure);
            return type.isInstance(cause)
                    ? Futures.attempt(() -> next.apply(type.cast(cause)))
                    : CompletableFuture.failedFuture(failure);
        });
    }
}
