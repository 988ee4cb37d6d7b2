package dev.canyon.inspect;

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

class RepeatsTest {

    private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress TWO = new InetSocketAddress("127.0.0.1", 2);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final Repeats repeats = new Repeats(this::later, (remote, count) -> told.add(remote + " " + count));

    private void later(Duration delay, Runnable task) {
        assertThat(delay).isEqualTo(Duration.ofSeconds(1));
        waiting.add(task);
    }

    private void aSecondPasses() {
        waiting.remove().run();
    }

    @Test
    void tellsTheFirstAtOnceAndThoseThatFollowWhenASecondHasPassed() {
        repeats.happened(ONE);
        assertThat(told).containsExactly(ONE + " 1");
        repeats.happened(ONE);
        repeats.happened(TWO);
        assertThat(told).hasSize(1);
        aSecondPasses();
        assertThat(told).containsExactly(ONE + " 1", TWO + " 2");
        repeats.happened(ONE);
        assertThat(told).as("within the next second").hasSize(2);
        aSecondPasses();
        assertThat(told).containsExactly(ONE + " 1", TWO + " 2", ONE + " 1");
    }

    @Test
    void waitsForNothingAfterASecondOfQuiet() {
        repeats.happened(ONE);
        aSecondPasses();
        assertThat(waiting).isEmpty();
        assertThat(told).hasSize(1);
        repeats.happened(TWO);
        assertThat(told).containsExactly(ONE + " 1", TWO + " 1");
    }

    @Test
    void losesNoneOfThoseThatManyThreadsTell() throws Exception {
        AtomicLong sum = new AtomicLong();
        Repeats hurried =
                new Repeats((delay, task) -> new Thread(task).start(), (remote, count) -> sum.addAndGet(count));
        CountDownLatch done = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            new Thread(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            hurried.happened(ONE);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        await().untilAtomic(sum, equalTo(40_000L));
    }
}
