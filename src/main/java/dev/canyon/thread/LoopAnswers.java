package dev.canyon.thread;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the answers of event loops, but not for one that is blocked. */
public final class LoopAnswers {

    /** A loop that takes longer is reported as blocked by the health check. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private LoopAnswers() {}

    /**
     * The answer, if it comes in time.
     *
     * @param answer not affected by the limit: what it stands for is done later
     * @param more than the loop itself may take
     * @param consequence of a blocked loop, for the user
     * @return fails with {@link EventLoopBlockedException} if the answer has not come ten seconds after it should have
     */
    public static <T> CompletableFuture<T> inTime(CompletableFuture<T> answer, Duration more, String consequence) {
        return answer.copy()
                .orTimeout(LIMIT.plus(more).toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof TimeoutException ? blocked(consequence) : failure));
    }

    /**
     * Waits for an answer. Must not be called on an event loop.
     *
     * @param consequence of a blocked loop, for the user
     * @throws EventLoopBlockedException if it has not come within ten seconds
     */
    public static <T> T join(CompletableFuture<T> answer, String consequence) {
        try {
            return inTime(answer, Duration.ZERO, consequence).join();
        } catch (CompletionException ex) {
            throw ex.getCause() instanceof EventLoopBlockedException blocked ? blocked : ex;
        }
    }

    private static EventLoopBlockedException blocked(String consequence) {
        return new EventLoopBlockedException(
                "an event loop has not answered for " + LIMIT.toSeconds() + " s: " + consequence);
    }
}
