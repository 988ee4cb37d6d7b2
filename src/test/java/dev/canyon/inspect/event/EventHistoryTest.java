package dev.canyon.inspect.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.peer.DropReason;
import dev.canyon.inspect.event.EventSubscription.Batch;
import dev.canyon.inspect.event.EventSubscription.Gap;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventHistoryTest {

    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.1", 7);

    private final EventHistory history = new EventHistory(0, 32);

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
    void returnsEventsBeforeAnIdWhetherOrNotItIsHeld() {
        LongStream.of(10, 20, 30, 40).forEach(id -> history.add(event(id)));
        assertThat(ids(history.before(30, 10))).containsExactly(20L, 10L);
        assertThat(ids(history.before(31, 10))).containsExactly(30L, 20L, 10L);
        assertThat(ids(history.before(31, 2))).containsExactly(30L, 20L);
        assertThat(history.before(10, 10)).isEmpty();
        assertThat(history.newestBefore(40)).isEqualTo(event(30));
        assertThat(history.newestBefore(10)).isNull();
        assertThat(new EventHistory(0, 32).newestBefore(Long.MAX_VALUE)).isNull();
    }

    private static List<Long> ids(List<ListenerEvent> events) {
        return events.stream().map(ListenerEvent::id).toList();
    }

    @Test
    void eachCategoryUsesWhatTheOthersLeaveAndKeepsAThird() {
        add(EventCategory.LIFECYCLE, 1, 10);
        add(EventCategory.CONNECTION, 11, 1_000);
        assertThat(held(EventCategory.LIFECYCLE)).hasSize(10);
        assertThat(held(EventCategory.CONNECTION)).hasSize(22).startsWith(1_010L);
        add(EventCategory.LIFECYCLE, 1_011, 1_000);
        add(EventCategory.REPEATED, 2_011, 1_000);
        for (EventCategory category : EventCategory.values()) {
            assertThat(held(category)).as(category.toString()).hasSizeBetween(10, 11);
        }
        assertThat(held(EventCategory.REPEATED)).startsWith(3_010L);
    }

    @Test
    void aSmallerCapacityEvictsFromTheLargestCategory() {
        add(EventCategory.LIFECYCLE, 1, 10);
        add(EventCategory.CONNECTION, 11, 22);
        history.setCapacity(16);
        assertThat(held(EventCategory.LIFECYCLE)).containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L);
        assertThat(held(EventCategory.CONNECTION)).hasSize(8).startsWith(32L);
    }

    @Test
    void anEvictedEventIsAGapButAReplacedOneIsNot() {
        history.add(event(1));
        EventDetail dropped = new EventDetail.Dropped(DropReason.RATE);
        ListenerEvent once = ListenerEvent.first(2, "a", Instant.EPOCH, dropped, SOURCE, 1);
        history.add(once);
        assertThat(history.takeContinuedBy(dropped, new InetSocketAddress("192.0.2.1", 9)))
                .isEqualTo(once);
        history.add(once.repeated(3, Instant.EPOCH, dropped, SOURCE, 4));
        Batch later = history.followAfter(1).next(10);
        assertThat(later.gap()).isNull();
        assertThat(later.events()).singleElement().satisfies(event -> {
            assertThat(event.firstId()).isEqualTo(2);
            assertThat(event.count()).isEqualTo(5);
        });
        history.setCapacity(1);
        assertThat(history.followAfter(1).next(10).gap()).isNull();
        assertThat(history.followAfter(0).next(10).gap()).isEqualTo(new Gap(OptionalLong.empty()));
    }

    @Test
    void onlyRepeatsOfTheSameKindAndSourceAreContinued() {
        EventDetail dropped = new EventDetail.Dropped(DropReason.RATE);
        history.add(ListenerEvent.first(1, "a", Instant.EPOCH, dropped, SOURCE, 1));
        assertThat(history.takeContinuedBy(dropped, new InetSocketAddress("192.0.2.2", 7)))
                .isNull();
        assertThat(history.takeContinuedBy(dropped, null)).isNull();
        assertThat(history.takeContinuedBy(new EventDetail.Dropped(DropReason.EMPTY), SOURCE))
                .isNull();
        assertThat(history.takeContinuedBy(new EventDetail.Accepted(1), SOURCE)).isNull();
        assertThat(history.takeContinuedBy(dropped, SOURCE)).isNotNull();
        assertThat(history.takeContinuedBy(dropped, SOURCE)).isNull();
    }

    private void add(EventCategory category, long firstId, int count) {
        EventDetail detail = switch (category) {
            case CONNECTION -> new EventDetail.Accepted(1);
            case REPEATED -> new EventDetail.Dropped(DropReason.RATE);
            case LIFECYCLE -> new EventDetail.Stopped(SOURCE);
        };
        for (long id = firstId; id < firstId + count; id++) {
            history.add(ListenerEvent.first(id, "a", Instant.EPOCH, detail, null, 1));
        }
    }

    private List<Long> held(EventCategory category) {
        return history.before(Long.MAX_VALUE, 1_000).stream()
                .filter(event -> event.detail().category() == category)
                .map(ListenerEvent::id)
                .toList();
    }

    static ListenerEvent event(long id) {
        return ListenerEvent.first(id, "a", Instant.EPOCH, new EventDetail.Accepted(id), null, 1);
    }
}
