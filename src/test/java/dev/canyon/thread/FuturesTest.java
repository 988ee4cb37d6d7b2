package dev.canyon.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FuturesTest {

    @Test
    void theFutureCarriesWhatTheCallThrowsAlsoAnError() {
        CompletableFuture<String> done = CompletableFuture.completedFuture("done");
        assertThat(Futures.attempt(() -> done)).isSameAs(done);
        AssertionError error = new AssertionError("a bug");
        CompletableFuture<Throwable> carried = Futures.attempt(() -> {
                    throw error;
                })
                .handle((result, failure) -> failure);
        assertThat(carried.join()).isSameAs(error);
    }

    @Test
    void theCauseIsWhatAStepThrew() {
        IllegalStateException thrown = new IllegalStateException("thrown");
        CompletableFuture<Throwable> dependent = CompletableFuture.failedFuture(thrown)
                .thenApply(result -> result)
                .handle((result, failure) -> failure);
        assertThat(dependent.join()).isInstanceOf(CompletionException.class);
        assertThat(Futures.cause(dependent.join())).isSameAs(thrown);
        assertThat(Futures.cause(thrown)).isSameAs(thrown);
        CompletionException bare = new CompletionException("no cause", null);
        assertThat(Futures.cause(bare)).isSameAs(bare);
    }
}
