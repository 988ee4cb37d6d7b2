package dev.canyon.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

    @Test
    void createsADaemonThreadThatIsNotStarted() throws InterruptedException {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Thread thread = DaemonThreads.create("canyon-test", () -> ran.set(Thread.currentThread()));
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
        thread.start();
        thread.join();
        assertThat(ran.get()).isSameAs(thread).extracting(Thread::getName).isEqualTo("canyon-test");
    }

    @Test
    void keepsTheNameOfAReplacedThread() {
        ThreadFactory factory = DaemonThreads.named("canyon-test");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("canyon-test");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("canyon-test");
    }

    @Test
    void numbersSeveralThreadsFromOne() {
        ThreadFactory factory = DaemonThreads.numbered("canyon-test");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("canyon-test-1");
        Thread second = factory.newThread(() -> {});
        assertThat(second.getName()).isEqualTo("canyon-test-2");
        assertThat(second.isDaemon()).isTrue();
    }
}
