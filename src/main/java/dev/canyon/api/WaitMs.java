package dev.canyon.api;

import dev.canyon.api.json.Faults;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.DeferredResult;

/** How long a call may wait for what it asks for. No thread waits with the caller. */
final class WaitMs {

    static final String NAME = "waitMs";

    private static final int LONGEST_MILLIS = 60_000;

    /** The container's own timer answers only what we have failed to. */
    private static final long CONTAINER_PATIENCE_MILLIS = 10_000;

    private WaitMs() {}

    /** @return no wait if it is not given, or wrong, which is then among the faults */
    static Duration of(@Nullable String text, Faults faults) {
        if (text == null) {
            return Duration.ZERO;
        }
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= LONGEST_MILLIS) {
            return Duration.ofMillis(Integer.parseInt(text));
        }
        faults.add(NAME, "must be a whole number from 0 to " + LONGEST_MILLIS + ", not '" + text + "'");
        return Duration.ZERO;
    }

    /** @param coming completes when the wait is over at the latest */
    static <T> DeferredResult<T> answer(CompletableFuture<T> coming, Duration wait) {
        DeferredResult<T> answer = new DeferredResult<>(wait.toMillis() + CONTAINER_PATIENCE_MILLIS);
        coming.thenAccept(answer::setResult).exceptionally(failure -> {
            answer.setErrorResult(failure);
            return null;
        });
        return answer;
    }
}
