package dev.canyon.inspect.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.peer.Peer;
import dev.canyon.inspect.event.EventSubscription.Batch;
import dev.canyon.inspect.event.EventSubscription.Gap;
import dev.canyon.listener.directory.ListenerObserver;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventLogTest {

    private static final InetSocketAddress REMOTE = new InetSocketAddress("127.0.0.1", 51514);
    private static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");

    private final List<Runnable> scheduled = new ArrayList<>();
    private final EventLog log = log(NOW);

    private EventLog log(Instant start) {
        return new EventLog(Clock.fixed(start, ZoneOffset.UTC), (delay, task) -> scheduled.add(task));
    }

    private ListenerObserver listener(String name) {
        ListenerObserver observer = log.observe(name);
        observer.created();
        return observer;
    }

    private static void happens(ListenerObserver listener, long times) {
        for (int i = 0; i < times; i++) {
            listener.sockets().closed(peer(i + 1), CloseReason.CLIENT);
        }
    }

    private static Peer peer(long id) {
        return new Peer(id, Protocol.TCP, REMOTE, REMOTE, NOW, 10, 1, 7, 0, Duration.ZERO, Set.of());
    }

    @Test
    void mergesTheEventsOfAllListenersNewestFirst() {
        List<ListenerObserver> listeners = List.of(listener("a"), listener("b"), listener("c"));
        listener("idle");
        for (int i = 0; i < 30; i++) {
            happens(listeners.get(i * i % 3), 1);
        }
        List<ListenerEvent> all = log.before(Long.MAX_VALUE, 100);
        assertThat(all).hasSize(30).isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id()));
        List<ListenerEvent> paged = new ArrayList<>();
        List<ListenerEvent> page = log.before(Long.MAX_VALUE, 7);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = log.before(page.get(page.size() - 1).id(), 7);
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void deletingAListenerRemovesItsEventsButNotThoseOfASuccessorWithItsName() {
        ListenerObserver deleted = listener("a");
        happens(deleted, 3);
        EventSubscription following = log.follow("a").orElseThrow();
        ListenerObserver later = listener("a");
        deleted.deleted();
        happens(deleted, 1);
        happens(later, 1);
        assertThat(following.isExhausted()).isTrue();
        assertThat(log.before(Long.MAX_VALUE, 100, "a"))
                .hasValueSatisfying(held -> assertThat(held).hasSize(1));
        assertThat(log.before(Long.MAX_VALUE, 100)).hasSize(1);
        later.deleted();
        assertThat(log.before(Long.MAX_VALUE, 100, "a")).isEmpty();
        assertThat(log.follow("a")).isEmpty();
    }

    @Test
    void reportsTheExactNumberOfEventsASlowReaderMissed() {
        ListenerObserver noisy = listener("a");
        happens(noisy, 300);
        EventSubscription following = log.follow("a").orElseThrow();
        assertThat(following.hasPending()).isFalse();
        happens(noisy, 4_096 + 904);
        Batch first = following.next(10);
        assertThat(first.gap()).isEqualTo(new Gap(OptionalLong.of(904)));
        assertThat(first.events()).hasSize(10);
        Batch rest = following.next(10_000);
        assertThat(rest.gap()).isNull();
        assertThat(rest.events()).hasSize(4_086);
        assertThat(rest.events().get(0).id()).isEqualTo(first.events().get(9).id() + 1);
        assertThat(following.hasPending()).isFalse();
        following.close();
        following.close();
        assertThat(log.before(Long.MAX_VALUE, 10_000, "a").orElseThrow())
                .as("no subscription left")
                .hasSize(256);
        happens(noisy, 300);
        assertThat(log.before(Long.MAX_VALUE, 10_000, "a").orElseThrow()).hasSize(256);
    }

    @Test
    void manyListenersShareTheTotalCapacity() {
        ListenerObserver quiet = listener("quiet");
        happens(quiet, 300);
        long last =
                log.before(Long.MAX_VALUE, 256, "quiet").orElseThrow().get(255).id();
        List<ListenerObserver> others = new ArrayList<>();
        for (int i = 1; i < 2_048; i++) {
            ListenerObserver other = listener("l" + i);
            happens(other, 150);
            others.add(other);
        }
        assertThat(log.before(Long.MAX_VALUE, 300_000)).hasSize(262_144);
        assertThat(held("quiet")).as("evicts too").isEqualTo(128);
        try (EventSubscription following = log.followAfter(last, "quiet").orElseThrow()) {
            assertThat(following.next(1).gap()).isEqualTo(new Gap(OptionalLong.empty()));
        }
        others.forEach(ListenerObserver::deleted);
        happens(quiet, 300);
        assertThat(held("quiet")).isEqualTo(256);
    }

    private int held(String listener) {
        return log.before(Long.MAX_VALUE, 1_000, listener).orElseThrow().size();
    }

    @Test
    void aReaderOfAllListenersHasALargerBuffer() {
        ListenerObserver noisy = listener("a");
        EventSubscription following = log.follow();
        happens(noisy, 16_384 + 1);
        Batch batch = following.next(20_000);
        assertThat(batch.gap()).isEqualTo(new Gap(OptionalLong.of(1)));
        assertThat(batch.events()).hasSize(16_384);
    }

    @Test
    void resumesAfterAnEventOfAnotherListenerWithoutAGap() {
        ListenerObserver quiet = listener("quiet");
        happens(quiet, 1);
        happens(listener("noisy"), 500);
        long last = log.before(Long.MAX_VALUE, 1).get(0).id();
        happens(quiet, 1);
        Batch batch = log.followAfter(last, "quiet").orElseThrow().next(10);
        assertThat(batch.gap()).isNull();
        assertThat(batch.events()).hasSize(1);
        assertThat(log.followAfter(last - 1, "noisy").orElseThrow().next(10).events())
                .hasSize(1);
    }

    @Test
    void recognizesAnIdOfAnEarlierStart() {
        happens(listener("a"), 1_000);
        long before = log.before(Long.MAX_VALUE, 1).get(0).id();
        EventLog after = log(NOW.plusSeconds(1));
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
    void connectionsAndDropsDoNotEvictTheEventsOfTheListener() throws Exception {
        ListenerObserver listener = listener("a");
        listener.failed(failure("in use"));
        log.record("a", new EventDetail.CaptureStarted(1, 1, Duration.ofSeconds(1)));
        listener.stopped(new Endpoint());
        happens(listener, 1_000);
        for (int i = 0; i < 1_000; i++) {
            listener.sockets()
                    .dropped(
                            new InetSocketAddress(
                                    InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}), 7),
                            DropReason.EMPTY);
        }
        List<ListenerEvent> held = log.before(Long.MAX_VALUE, 1_000, "a").orElseThrow();
        assertThat(held.subList(held.size() - 3, held.size()))
                .extracting(event -> event.detail().type())
                .containsExactly(EventType.STOPPED, EventType.CAPTURE_STARTED, EventType.FAILED);
    }

    @Test
    void repeatedFailuresAreOneEventUntilSomethingElseHappensToTheListener() {
        ListenerObserver listener = listener("a");
        for (String cause : List.of("first", "second", "third")) {
            listener.failed(failure(cause));
            happens(listener, 1);
        }
        assertThat(ofType(EventType.FAILED)).singleElement().satisfies(event -> {
            assertThat(event.count()).isEqualTo(3);
            assertThat(event.detail().text()).isEqualTo("third");
            assertThat(event.firstId()).isLessThan(event.id());
        });
        listener.stopped(new Endpoint());
        listener.failed(failure("fourth"));
        assertThat(ofType(EventType.FAILED)).extracting(ListenerEvent::count).containsExactly(1L, 3L);
    }

    private record Endpoint() implements BoundEndpoint {

        @Override
        public InetSocketAddress address() {
            return REMOTE;
        }

        @Override
        public Protocol protocol() {
            return Protocol.TCP;
        }

        @Override
        public TransportKind transport() {
            return TransportKind.NIO;
        }

        @Override
        public int backlog() {
            return 1;
        }

        @Override
        public ExpectedPeers expectedPeers() {
            return new ExpectedPeers();
        }
    }

    private static Failed failure(String detail) {
        return new Failed(FailureReason.PORT_IN_USE, detail, NOW, null);
    }

    private List<ListenerEvent> ofType(EventType type) {
        return log.before(Long.MAX_VALUE, 1_000).stream()
                .filter(event -> event.detail().type() == type)
                .toList();
    }

    @Test
    void probesAreOneEventPerSourceAndAreNeverAccepted() {
        ListenerObserver listener = listener("a");
        for (int i = 1; i <= 130; i++) {
            listener.sockets().accepted(peer(i));
            listener.sockets().closed(peer(i), CloseReason.PROBE);
        }
        scheduled.remove(scheduled.size() - 1).run();
        assertThat(log.before(Long.MAX_VALUE, 1_000)).singleElement().satisfies(event -> {
            assertThat(event.detail()).isEqualTo(new EventDetail.Probed());
            assertThat(event.count()).isEqualTo(130);
        });
    }

    @Test
    void aConnectionIsAcceptedBeforeItIsClosed() {
        ListenerObserver listener = listener("a");
        listener.sockets().accepted(peer(1));
        assertThat(log.before(Long.MAX_VALUE, 10)).as("it may be a probe").isEmpty();
        listener.sockets().closed(peer(1), CloseReason.CLIENT);
        assertThat(log.before(Long.MAX_VALUE, 10))
                .extracting(event -> event.detail().type())
                .containsExactly(EventType.CLOSED, EventType.ACCEPTED);
    }

    /** Four event loops record on four listeners while one reader follows all of them and lists them again and again. */
    @Test
    @Timeout(60)
    void readersReceiveConcurrentEventsInTheOrderOfTheirIdsAndMissNone() throws Exception {
        int threads = 4;
        long perThread = 3_000;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> loops = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ListenerObserver listener = listener("l" + i);
            ((EventRecorder) listener).history().setCapacity(Math.toIntExact(perThread));
            loops.add(new Thread(() -> {
                await(start);
                happens(listener, perThread);
            }));
        }
        EventSubscription all = log.follow();
        loops.forEach(Thread::start);
        start.countDown();
        List<Long> followed = new ArrayList<>();
        while (followed.size() < threads * perThread) {
            Batch batch = all.next(100);
            assertThat(batch.gap()).isNull();
            followed.addAll(ids(batch.events()));
            List<Long> listed = ids(log.before(Long.MAX_VALUE, 50));
            if (!listed.isEmpty()) {
                long newest = listed.get(0);
                assertThat(listed)
                        .as("no event is recorded behind one that was listed")
                        .isEqualTo(LongStream.range(0, listed.size())
                                .mapToObj(i -> newest - i)
                                .toList());
            }
        }
        for (Thread loop : loops) {
            loop.join();
        }
        assertThat(all.hasPending()).isFalse();
        long first = followed.get(0);
        assertThat(followed)
                .isEqualTo(LongStream.range(first, first + threads * perThread)
                        .boxed()
                        .toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static List<Long> ids(List<ListenerEvent> events) {
        return events.stream().map(ListenerEvent::id).toList();
    }
}
