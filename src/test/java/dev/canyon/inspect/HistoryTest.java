package dev.canyon.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History(0, 32, 64);

    @Test
    void holdsTheNewestUpToItsCapacity() {
        for (long count = 1; count <= 100; count++) {
            history.add(event(count));
            assertThat(ids(history.before(Long.MAX_VALUE, 1000)))
                    .isEqualTo(LongStream.iterate(count, id -> id - 1)
                            .limit(Math.min(32, count))
                            .boxed()
                            .toList());
        }
    }

    @Test
    void givesThoseBeforeAnIdWhetherItIsHeldOrNot() {
        LongStream.of(10, 20, 30, 40).forEach(id -> history.add(event(id)));
        assertThat(ids(history.before(30, 10))).containsExactly(20L, 10L);
        assertThat(ids(history.before(31, 10))).containsExactly(30L, 20L, 10L);
        assertThat(ids(history.before(31, 2))).containsExactly(30L, 20L);
        assertThat(history.before(10, 10)).isEmpty();
        assertThat(history.newestBefore(40)).isEqualTo(event(30));
        assertThat(history.newestBefore(10)).isNull();
        assertThat(new History(0, 32, 64).newestBefore(Long.MAX_VALUE)).isNull();
    }

    private static List<Long> ids(List<ListenerEvent> events) {
        return events.stream().map(ListenerEvent::id).toList();
    }

    static ListenerEvent event(long id) {
        return new ListenerEvent(id, Instant.EPOCH, "a", new Happening.Accepted(id), null, 1);
    }
}
