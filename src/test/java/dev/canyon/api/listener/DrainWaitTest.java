package dev.canyon.api.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.listener.TestListeners;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

@ExtendWith(OutputCaptureExtension.class)
class DrainWaitTest {

    @Test
    void aFailureAfterTheResponseIsLoggedWithItsOwnMessage(CapturedOutput output) {
        try (TestListeners room = new TestListeners()) {
            room.listeners.create(TestListeners.tcp("a", 0));
            CompletableFuture<ResponseEntity<ListenerView>> operation = new CompletableFuture<>();
            new DrainWait(room.directory)
                    .answer("a", operation, CompletableFuture.completedFuture(null), Optional.of(Duration.ZERO));
            operation.completeExceptionally(new IllegalStateException("the port is in use"));
            assertThat(output).contains("failed (202 was already returned): the port is in use");
        }
    }

    /** An operation that waits for its turn is not stored yet: a crash would lose it, and its conditions may still fail. */
    @Test
    void isNotAcceptedBeforeTheChangeIsStored() {
        try (TestListeners room = new TestListeners()) {
            room.listeners.create(TestListeners.tcp("a", 0));
            CompletableFuture<ResponseEntity<ListenerView>> operation = new CompletableFuture<>();
            CompletableFuture<Void> stored = new CompletableFuture<>();
            DeferredResult<ResponseEntity<ListenerView>> answer =
                    new DrainWait(room.directory).answer("a", operation, stored, Optional.of(Duration.ZERO));
            assertThat(answer.hasResult()).isFalse();
            stored.complete(null);
            await().until(answer::hasResult);
            assertThat(answer.getResult())
                    .isInstanceOfSatisfying(
                            ResponseEntity.class,
                            response ->
                                    assertThat(response.getStatusCode().value()).isEqualTo(202));
        }
    }

    @Test
    void aFailureBeforeTheChangeIsStoredIsTheAnswer() {
        try (TestListeners room = new TestListeners()) {
            room.listeners.create(TestListeners.tcp("a", 0));
            CompletableFuture<ResponseEntity<ListenerView>> operation = new CompletableFuture<>();
            DeferredResult<ResponseEntity<ListenerView>> answer = new DrainWait(room.directory)
                    .answer("a", operation, new CompletableFuture<>(), Optional.of(Duration.ZERO));
            IllegalStateException stale = new IllegalStateException("another version");
            operation.completeExceptionally(stale);
            await().until(answer::hasResult);
            assertThat(answer.getResult()).isEqualTo(stale);
        }
    }
}
