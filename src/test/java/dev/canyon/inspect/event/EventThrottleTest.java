package dev.canyon.inspect.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventThrottleTest {

    private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress TWO = new InetSocketAddress("127.0.0.1", 2);

    private final Queue<Runnable> scheduled = new ArrayDeque<>();
    private final List<String> reported = new ArrayList<>();
    private final EventThrottle throttle =
            new EventThrottle(this::schedule, (remote, count) -> reported.add(remote + " " + count));

    private void schedule(Duration delay, Runnable task) {
        assertThat(delay).isEqualTo(Duration.ofSeconds(1));
        scheduled.add(task);
    }

    private void aSecondPasses() {
        scheduled.remove().run();
    }

    @Test
    void reportsTheFirstAtOnceAndTheOthersAfterASecond() {
        throttle.occurred(ONE);
        assertThat(reported).containsExactly(ONE + " 1");
        throttle.occurred(ONE);
        throttle.occurred(TWO);
        assertThat(reported).hasSize(1);
        aSecondPasses();
        assertThat(reported).containsExactly(ONE + " 1", TWO + " 2");
        throttle.occurred(ONE);
        assertThat(reported).as("within the next second").hasSize(2);
        aSecondPasses();
        assertThat(reported).containsExactly(ONE + " 1", TWO + " 2", ONE + " 1");
    }

    @Test
    void reportsEachSourceOnceAndSurplusSourcesTogether() {
        throttle.occurred(ONE);
        for (int host = 1; host <= EventThrottle.MAX_SOURCES + 5; host++) {
            throttle.occurred(new InetSocketAddress("192.0.2." + host, 1));
            throttle.occurred(new InetSocketAddress("192.0.2." + host, 2));
        }
        aSecondPasses();
        assertThat(reported).hasSize(1 + EventThrottle.MAX_SOURCES + 1);
        for (int host = 1; host <= EventThrottle.MAX_SOURCES; host++) {
            assertThat(reported).contains("/192.0.2." + host + ":2 2");
        }
        assertThat(reported).endsWith("null 10");
    }

    @Test
    void schedulesNothingAfterAQuietSecond() {
        throttle.occurred(ONE);
        aSecondPasses();
        assertThat(scheduled).isEmpty();
        assertThat(reported).hasSize(1);
        throttle.occurred(TWO);
        assertThat(reported).containsExactly(ONE + " 1", TWO + " 1");
    }

    @Test
    void losesNoOccurrenceOfConcurrentThreads() throws Exception {
        AtomicLong sum = new AtomicLong();
        EventThrottle immediate =
                new EventThrottle((delay, task) -> new Thread(task).start(), (remote, count) -> sum.addAndGet(count));
        CountDownLatch done = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            new Thread(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            immediate.occurred(ONE);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        await().untilAtomic(sum, equalTo(40_000L));
    }
}
