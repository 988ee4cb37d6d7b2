package dev.canyon.inspect.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.peer.Peer;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PendingAcceptsTest {

    private record Task(Duration delay, Runnable action) {}

    private final Queue<Task> scheduled = new ArrayDeque<>();
    private final List<Long> reported = new ArrayList<>();
    private final PendingAccepts accepts = new PendingAccepts(
            (delay, action) -> scheduled.add(new Task(delay, action)), this::now, peer -> reported.add(peer.id()));
    /** The clock may start at any value, also shortly before it overflows. */
    private long now = Long.MAX_VALUE - Duration.ofMillis(1_100).toNanos();

    private long now() {
        return now;
    }

    @Test
    void reportsAConnectionAfterASecond() {
        accepts.add(peer(1));
        pass(600);
        accepts.add(peer(2));
        pass(350);
        accepts.add(peer(3));
        pass(50);
        runScheduled(1_000);
        assertThat(reported).containsExactly(1L);
        pass(600);
        runScheduled(600);
        assertThat(reported).containsExactly(1L, 2L);
        pass(350);
        runScheduled(350);
        assertThat(reported).containsExactly(1L, 2L, 3L);
        assertThat(scheduled).isEmpty();
    }

    @Test
    void reportsConnectionsThatAreDueShortlyAfterEachOtherTogether() {
        for (int id = 1; id <= 10; id++) {
            accepts.add(peer(id));
            pass(1);
        }
        pass(990);
        runScheduled(1_000);
        assertThat(reported).containsExactly(1L);
        pass(100);
        runScheduled(100);
        assertThat(reported).hasSize(10);
        assertThat(scheduled).isEmpty();
    }

    @Test
    void reportsAConnectionOnlyOnce() {
        accepts.add(peer(1));
        accepts.add(peer(2));
        accepts.report(1);
        assertThat(accepts.discard(1)).as("already reported").isFalse();
        assertThat(accepts.discard(2)).isTrue();
        pass(1_000);
        runScheduled(1_000);
        assertThat(reported).containsExactly(1L);
        assertThat(scheduled).isEmpty();
        accepts.add(peer(3));
        assertThat(scheduled).hasSize(1);
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    private void runScheduled(long delayMillis) {
        Task task = scheduled.remove();
        assertThat(task.delay).isEqualTo(Duration.ofMillis(delayMillis));
        task.action.run();
    }

    private static Peer peer(long id) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 1);
        return new Peer(id, Protocol.TCP, address, address, Instant.EPOCH, 0, 0, 0, 0, Duration.ZERO, Set.of());
    }
}
