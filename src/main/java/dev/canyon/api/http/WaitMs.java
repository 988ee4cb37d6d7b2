package dev.canyon.api.http;

import dev.canyon.api.json.Faults;
import dev.canyon.thread.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.DeferredResult;

/** The {@code waitMs} parameter of long polls. No thread is blocked during the wait. */
public final class WaitMs {

    public static final String NAME = "waitMs";

    private static final int MAX_MILLIS = 60_000;

    /** Added to the wait, so that the servlet container times out only if the future never completes. */
    private static final long CONTAINER_MARGIN_MILLIS = 10_000;

    private static final long NO_TIMEOUT = 0;

    private WaitMs() {}

    /** @return zero if absent or invalid, which is added to the faults */
    public static Duration of(@Nullable String text, Faults faults) {
        if (text == null) {
            return Duration.ZERO;
        }
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_MILLIS) {
            return Duration.ofMillis(Integer.parseInt(text));
        }
        faults.add(NAME, "must be an integer from 0 to " + MAX_MILLIS + ", not '" + text + "'");
        return Duration.ZERO;
    }

    /** @param result completes after {@code wait} at the latest */
    public static <T> DeferredResult<T> answer(CompletableFuture<T> result, Duration wait) {
        DeferredResult<T> answer = new DeferredResult<>(wait.toMillis() + CONTAINER_MARGIN_MILLIS);
        deliver(result, answer);
        return answer;
    }

    /** Waits until the result is available, however long that takes. */
    public static <T> DeferredResult<T> answer(CompletableFuture<T> result) {
        DeferredResult<T> answer = new DeferredResult<>(NO_TIMEOUT);
        deliver(result, answer);
        return answer;
    }

    private static <T> void deliver(CompletableFuture<T> result, DeferredResult<T> answer) {
        result.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.setResult(value);
            } else {
                // Exception handlers are chosen by the exception that the call failed with.
                answer.setErrorResult(Futures.cause(failure));
            }
        });
    }
}
