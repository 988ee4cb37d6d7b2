package dev.canyon.api.listener;

import dev.canyon.api.http.EntityTag;
import dev.canyon.api.http.WaitMs;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.thread.Futures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Responses to calls that may have to wait for a drain. No thread waits with them. If the caller limits the wait and the
 * operation takes longer, it continues and the response is 202 with the listener as it is then.
 */
final class DrainWait {

    private static final Logger log = LoggerFactory.getLogger(DrainWait.class);

    private final ListenerDirectory directory;

    DrainWait(ListenerDirectory directory) {
        this.directory = directory;
    }

    /**
     * @param name of the listener that the operation concerns
     * @param operation under way; completes with the response to a caller that waits for its end
     * @param begun completes once everything but the drain has succeeded. A 202 is not sent before, since an operation that
     *     waits for its turn is not stored yet, and may still fail
     * @param wait empty to wait until the operation has completed
     */
    DeferredResult<ResponseEntity<ListenerView>> answer(
            String name,
            CompletableFuture<ResponseEntity<ListenerView>> operation,
            CompletableFuture<Void> begun,
            Optional<Duration> wait) {
        if (wait.isEmpty()) {
            return WaitMs.answer(operation);
        }
        CompletableFuture<?> over = CompletableFuture.allOf(begun, elapsed(wait.get()));
        return WaitMs.answer(CompletableFuture.anyOf(operation, over)
                // A failure is reported by the operation.
                .handle((first, failure) -> now(name, operation))
                .thenCompose(Function.identity()));
    }

    private static CompletableFuture<Void> elapsed(Duration wait) {
        return wait.isZero()
                ? CompletableFuture.completedFuture(null)
                : new CompletableFuture<Void>().completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<ResponseEntity<ListenerView>> now(
            String name, CompletableFuture<ResponseEntity<ListenerView>> end) {
        Optional<ListenerSnapshot> current = end.isDone() ? Optional.empty() : directory.find(name);
        if (current.isEmpty()) {
            // Over, or about to be: a deleted listener is removed at the end.
            return end;
        }
        end.exceptionally(failure -> {
            log.warn(
                    "Asynchronous operation on listener '{}' failed (202 was already returned): {}",
                    name,
                    Futures.cause(failure).getMessage());
            return null;
        });
        return CompletableFuture.completedFuture(ResponseEntity.status(HttpStatus.ACCEPTED)
                .eTag(EntityTag.of(current.get()))
                .body(ListenerView.of(current.get())));
    }
}
