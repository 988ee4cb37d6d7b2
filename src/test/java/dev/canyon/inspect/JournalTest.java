package dev.canyon.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.inspect.Following.Batch;
import dev.canyon.inspect.Following.Gap;
import dev.canyon.listener.ListenerObserver;
import dev.canyon.transport.CloseReason;
import dev.canyon.transport.Flow;
import dev.canyon.transport.Peer;
import dev.canyon.transport.Protocol;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final InetSocketAddress REMOTE = new InetSocketAddress("127.0.0.1", 51514);
    private static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");

    private final Journal journal = journal(NOW);

    private static Journal journal(Instant start) {
        return new Journal(Clock.fixed(start, ZoneOffset.UTC), (delay, task) -> {});
    }

    private ListenerObserver listener(String name) {
        ListenerObserver observer = journal.observe(name);
        observer.created();
        return observer;
    }

    private static void happens(ListenerObserver listener, int times) {
        for (int i = 0; i < times; i++) {
            listener.sockets().accepted(peer(i + 1));
        }
    }

    private static Peer peer(long id) {
        return new Peer(id, Protocol.TCP, REMOTE, REMOTE, NOW, 10, 1, 7, 0, Duration.ZERO);
    }

    @Test
    void mergesTheEventsOfAllListenersFromTheNewestBack() {
        List<ListenerObserver> listeners = List.of(listener("a"), listener("b"), listener("c"));
        listener("idle");
        for (int i = 0; i < 30; i++) {
            happens(listeners.get(i * i % 3), 1);
        }
        List<ListenerEvent> all = journal.before(Long.MAX_VALUE, 100);
        assertThat(all).hasSize(30).isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id()));
        List<ListenerEvent> paged = new ArrayList<>();
        List<ListenerEvent> page = journal.before(Long.MAX_VALUE, 7);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = journal.before(page.get(page.size() - 1).id(), 7);
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void holdsNothingOfAListenerThatIsDeletedAndLeavesALaterOneOfItsNameAlone() {
        ListenerObserver deleted = listener("a");
        happens(deleted, 3);
        Following following = journal.follow("a").orElseThrow();
        ListenerObserver later = listener("a");
        deleted.deleted();
        happens(deleted, 1);
        happens(later, 1);
        assertThat(following.isOver()).isTrue();
        assertThat(journal.before(Long.MAX_VALUE, 100, "a"))
                .hasValueSatisfying(held -> assertThat(held).hasSize(1));
        assertThat(journal.before(Long.MAX_VALUE, 100)).hasSize(1);
        later.deleted();
        assertThat(journal.before(Long.MAX_VALUE, 100, "a")).isEmpty();
        assertThat(journal.follow("a")).isEmpty();
    }

    @Test
    void tellsASlowReaderExactlyHowManyItHasMissed() {
        ListenerObserver noisy = listener("a");
        happens(noisy, 300);
        Following following = journal.follow("a").orElseThrow();
        assertThat(following.hasNews()).isFalse();
        happens(noisy, 4_096 + 904);
        Batch first = following.next(10);
        assertThat(first.gap()).isEqualTo(new Gap(OptionalLong.of(904)));
        assertThat(first.events()).hasSize(10);
        Batch rest = following.next(10_000);
        assertThat(rest.gap()).isNull();
        assertThat(rest.events()).hasSize(4_086);
        assertThat(rest.events().get(0).id()).isEqualTo(first.events().get(9).id() + 1);
        assertThat(following.hasNews()).isFalse();
        following.close();
        following.close();
        assertThat(journal.before(Long.MAX_VALUE, 10_000, "a").orElseThrow())
                .as("nobody follows any more")
                .hasSize(256);
        happens(noisy, 300);
        assertThat(journal.before(Long.MAX_VALUE, 10_000, "a").orElseThrow()).hasSize(256);
    }

    @Test
    void manyListenersShareWhatAllTogetherMayHold() {
        ListenerObserver quiet = listener("quiet");
        happens(quiet, 300);
        long last = journal.before(Long.MAX_VALUE, 256, "quiet")
                .orElseThrow()
                .get(255)
                .id();
        List<ListenerObserver> others = new ArrayList<>();
        for (int i = 1; i < 2_048; i++) {
            ListenerObserver other = listener("l" + i);
            happens(other, 150);
            others.add(other);
        }
        assertThat(journal.before(Long.MAX_VALUE, 300_000)).hasSize(262_144);
        assertThat(held("quiet")).as("gives way too").isEqualTo(128);
        try (Following following = journal.followAfter(last, "quiet").orElseThrow()) {
            assertThat(following.next(1).gap()).isEqualTo(new Gap(OptionalLong.empty()));
        }
        others.forEach(ListenerObserver::deleted);
        happens(quiet, 300);
        assertThat(held("quiet")).isEqualTo(256);
    }

    private int held(String listener) {
        return journal.before(Long.MAX_VALUE, 1_000, listener).orElseThrow().size();
    }

    @Test
    void aReaderOfAllIsOvertakenLater() {
        ListenerObserver noisy = listener("a");
        Following following = journal.follow();
        happens(noisy, 16_384 + 1);
        Batch batch = following.next(20_000);
        assertThat(batch.gap()).isEqualTo(new Gap(OptionalLong.of(1)));
        assertThat(batch.events()).hasSize(16_384);
    }

    @Test
    void goesOnAfterAnEventOfAnotherListenerWithoutAGap() {
        ListenerObserver quiet = listener("quiet");
        happens(quiet, 1);
        happens(listener("noisy"), 500);
        long last = journal.before(Long.MAX_VALUE, 1).get(0).id();
        happens(quiet, 1);
        Batch batch = journal.followAfter(last, "quiet").orElseThrow().next(10);
        assertThat(batch.gap()).isNull();
        assertThat(batch.events()).hasSize(1);
        assertThat(journal.followAfter(last - 1, "noisy").orElseThrow().next(10).events())
                .hasSize(1);
    }

    @Test
    void anIdOfAnEarlierStartIsNeverTakenForOneOfThis() {
        happens(listener("a"), 1_000);
        long before = journal.before(Long.MAX_VALUE, 1).get(0).id();
        Journal after = journal(NOW.plusSeconds(1));
        ListenerObserver again = after.observe("a");
        again.created();
        happens(again, 3);
        assertThat(after.before(Long.MAX_VALUE, 3).get(2).id()).isGreaterThan(before);
        Batch batch = after.followAfter(before).next(10);
        assertThat(batch.gap()).isEqualTo(new Gap(OptionalLong.empty()));
        assertThat(batch.events()).hasSize(3);
        Batch unknown = after.followAfter(Long.MAX_VALUE - 1).next(10);
        assertThat(unknown.gap()).isEqualTo(new Gap(OptionalLong.empty()));
        assertThat(unknown.events()).hasSize(3);
    }

    @Test
    void hasWhatThoseWhoCaptureTellIt() {
        ListenerObserver listener = listener("a");
        journal.messages("a").message(Direction.IN, new Flow(17, Protocol.TCP, REMOTE, REMOTE), 10);
        journal.messages("a").message(Direction.OUT, new Flow(0, Protocol.UDP, REMOTE, REMOTE), 7);
        journal.messages("gone").message(Direction.OUT, new Flow(17, Protocol.TCP, REMOTE, REMOTE), 7);
        listener.sockets().closed(peer(17), CloseReason.CLIENT);
        List<ListenerEvent> events = journal.before(Long.MAX_VALUE, 10);
        assertThat(events)
                .extracting(event -> event.what().type())
                .containsExactly(EventType.CLOSED, EventType.SENT, EventType.RECEIVED);
        assertThat(events.get(1).what().connection()).isEmpty();
        assertThat(events.get(2).what().connection()).hasValue(17);
        assertThat(events.get(2).what().receivedBytes()).hasValue(10);
    }
}
