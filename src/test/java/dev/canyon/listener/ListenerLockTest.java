package dev.canyon.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.canyon.definition.VersionedDefinition;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.listener.directory.ListenerObserver;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Stopped;
import dev.canyon.listener.directory.Origin;
import dev.canyon.listener.endpoint.FailureReason;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ListenerLockTest {

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final ListenerLock lock = new ListenerLock(Runnable::run);
    private final ListenerLock other = new ListenerLock(Runnable::run);

    @Test
    void changesRunInTheOrderOfTheirRequestsOneAtATime() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        lock.run(note("first", first));
        CompletableFuture<Void> second = lock.run(note("second", CompletableFuture.completedFuture(null)));
        lock.run(note("third", CompletableFuture.completedFuture(null)));
        assertThat(log).containsExactly("first");
        assertThat(lock.tryRun(note("never", first))).isEmpty();

        first.complete(null);

        assertThat(log).containsExactly("first", "second", "third");
        assertThat(second).isCompleted();
        assertThat(lock.tryRun(note("fourth", first))).isPresent();
    }

    @Test
    void aFailedChangeReleasesTheLock() {
        assertThat(lock.<Void>run(() -> {
                    throw new IllegalArgumentException("refused");
                }))
                .isCompletedExceptionally();
        AssertionError error = new AssertionError("a bug");
        assertThat(lock.<Void>run(() -> {
                    throw error;
                }))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCause(error);
        lock.run(note("failing", CompletableFuture.failedFuture(new IllegalArgumentException("later"))));
        lock.run(note("next", CompletableFuture.completedFuture(null)));
        assertThat(log).containsExactly("failing", "next");
    }

    @Test
    void severalLocksAreHeldTogetherAndEachIsReleasedOnItsOwn() {
        CompletableFuture<Void> alone = new CompletableFuture<>();
        CompletableFuture<String> one = new CompletableFuture<>();
        CompletableFuture<String> two = new CompletableFuture<>();
        other.run(note("alone", alone));
        CompletableFuture<List<String>> both = ListenerLock.runHoldingAll(List.of(lock, other), Runnable::run, () -> {
            log.add("both");
            return List.of(one, two);
        });
        lock.run(note("after one", CompletableFuture.completedFuture(null)));
        other.run(note("after two", CompletableFuture.completedFuture(null)));
        assertThat(log).containsExactly("alone");
        alone.complete(null);
        assertThat(log).containsExactly("alone", "both");
        two.complete("two");
        assertThat(log).containsExactly("alone", "both", "after two");
        assertThat(both).isNotDone();
        one.complete("one");
        assertThat(log).containsExactly("alone", "both", "after two", "after one");
        assertThat(both).isCompletedWithValue(List.of("one", "two"));
    }

    @Test
    void severalLocksAreReleasedIfTheChangeDoesNothingOrThrows() {
        List<ListenerLock> locks = List.of(lock, other);
        assertThat(ListenerLock.runHoldingAll(locks, Runnable::run, List::of)).isCompletedWithValue(List.of());
        assertThat(ListenerLock.<Void>runHoldingAll(locks, Runnable::run, () -> {
                    throw new IllegalStateException("refused");
                }))
                .isCompletedExceptionally();
        lock.run(note("one", CompletableFuture.completedFuture(null)));
        other.run(note("two", CompletableFuture.completedFuture(null)));
        assertThat(log).containsExactly("one", "two");
    }

    private <T> Supplier<CompletableFuture<T>> note(String name, CompletableFuture<T> end) {
        return () -> {
            log.add(name);
            return end;
        };
    }

    @Test
    void noTransitionIsPossibleWithoutTheLock() throws Exception {
        VersionedDefinition definition = new VersionedDefinition(TestListeners.tcp("a", 0), 1);
        EchoListener listener = new EchoListener(definition, Origin.API, ListenerObserver.NONE, Runnable::run);
        EchoEndpoint port = (EchoEndpoint) Proxy.newProxyInstance(
                EchoEndpoint.class.getClassLoader(),
                new Class<?>[] {EchoEndpoint.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError("called without the lock: " + method);
                });
        Failed failed = new Failed(FailureReason.PORT_IN_USE, "", Instant.EPOCH, null);
        List<Runnable> transitions = List.of(
                listener::opening,
                () -> listener.accepting(port),
                () -> listener.rejected(port),
                () -> listener.opened(port),
                () -> listener.failed(failed),
                listener::replacing,
                listener::drain,
                listener::stopped,
                listener::deleted,
                listener::applyDefinition,
                () -> listener.define(definition),
                () -> listener.openingUndone(new Stopped()));
        for (Runnable transition : transitions) {
            assertThatIllegalStateException().isThrownBy(transition::run).withMessageContaining("lock is not held");
        }
        assertThat(listener.state()).isInstanceOf(Stopped.class);
        CompletableFuture<String> word = listener.change(() -> {
            listener.opening();
            String opening = listener.state().word();
            listener.openingUndone(new Stopped());
            return CompletableFuture.completedFuture(opening);
        });
        assertThat(word.get()).isEqualTo("starting");
        assertThat(listener.state()).isInstanceOf(Stopped.class);
    }
}
