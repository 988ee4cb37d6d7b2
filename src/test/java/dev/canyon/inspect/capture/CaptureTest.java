package dev.canyon.inspect.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.engine.fault.Markable;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.Flow;
import dev.canyon.engine.traffic.ByteBudget;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CaptureTest {

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final int ALL = 1_000_000;

    private final CaptureMemory memory = new CaptureMemory(100_000, new ByteBudget(Long.MAX_VALUE));
    private long now = TimeUnit.DAYS.toNanos(20_000);

    @Test
    void holdsTheNewestMessagesAndCountsEvictions() {
        Capture capture = capture(3, 100);
        say(capture, "a", "b", "c");
        assertThat(texts(capture)).containsExactly("a", "b", "c");
        assertThat(capture.status().evicted()).isZero();
        say(capture, "d", "e");
        assertThat(texts(capture)).containsExactly("c", "d", "e");
        assertThat(capture.status()).isEqualTo(new CaptureStatus(settings(3, 100), 3, 2));
    }

    /** As {@link Captures} does every second. */
    @Test
    void aFullCaptureShrinksForAnotherOneWhenMemoryIsScarce() {
        Capture hog = capture(1_000, 10_000);
        for (int i = 0; i < 50; i++) {
            hog.received(flow(1), ByteBuffer.allocate(2_000));
        }
        Capture late = capture(1_000, 10_000);
        assertThat(memory.used()).isGreaterThan(95_000);
        hog.shrinkTo(memory.share(1));
        assertThat(hog.status().held()).as("the only capture").isEqualTo(44);
        long share = memory.share(2);
        hog.shrinkTo(share);
        late.shrinkTo(share);
        assertThat(memory.used()).isLessThanOrEqualTo(37_500);
        say(late, "a", "b", "c");
        assertThat(texts(late)).containsExactly("a", "b", "c");
        assertThat(memory.share(2)).as("memory available again").isEqualTo(100_000);
    }

    @Test
    void keepsTheFirstBytesOfALongMessageAndItsLength() {
        Capture capture = capture(3, 4);
        say(capture, "abcdef", "abcd");
        List<CapturedMessage> messages = messages(capture);
        assertThat(new String(messages.get(0).payload(), StandardCharsets.UTF_8))
                .isEqualTo("abcd");
        assertThat(messages.get(0).originalBytes()).isEqualTo(6);
        assertThat(messages.get(1).originalBytes()).isEqualTo(4);
    }

    @Test
    void faultsAreNotedOnWhatWasSentAndAfterwardsOnWhatWasReceived() {
        Capture capture = capture(3, 100);
        Markable received = capture.received(flow(1), bytes("a"));
        capture.sent(flow(1), bytes("b"), List.of("slow"));
        assertThat(messages(capture)).extracting(CapturedMessage::faults).containsExactly(List.of(), List.of("slow"));
        received.mark("cut");
        received.mark("mute");
        received.mark("cut");
        assertThat(messages(capture))
                .extracting(CapturedMessage::faults)
                .containsExactly(List.of("cut", "mute"), List.of("slow"));
        capture.change(new CaptureSettings(false, 3, 100, TTL));
        capture.received(flow(1), bytes("c")).mark("cut");
        assertThat(capture.status().held()).isEqualTo(2);
    }

    @Test
    void evictsExpiredMessagesWithoutBeingRead() {
        Capture capture = capture(10, 100);
        say(capture, "a");
        now += TTL.toNanos() / 2;
        say(capture, "b");
        now += TTL.toNanos() / 2;
        assertThat(texts(capture)).containsExactly("a", "b");
        now++;
        assertThat(capture.sweep()).isTrue();
        long used = memory.used();
        assertThat(texts(capture)).containsExactly("b");
        assertThat(memory.used()).isEqualTo(used);
        assertThat(capture.status().evicted()).isEqualTo(1);
        now += TTL.toNanos();
        say(capture, "c");
        assertThat(texts(capture)).containsExactly("c");
        assertThat(capture.status().evicted()).isEqualTo(2);
    }

    @Test
    void timestampsHaveNanosecondPrecision() {
        now++;
        Capture capture = capture(10, 100);
        say(capture, "a");
        assertThat(messages(capture).get(0).at()).isEqualTo(Instant.ofEpochSecond(20_000L * 86_400, 1));
    }

    @Test
    void aCursorStaysValidWhileMessagesAreEvictedAndReportsTheNumberMissed() {
        Capture capture = capture(5, 100);
        say(capture, "1", "2", "3", "4");
        CapturePage first = capture.page(CapturePosition.START, 2);
        assertThat(ids(first)).containsExactly(1L, 2L);
        assertThat(first.evicted()).isZero();
        say(capture, "5", "6", "7", "8", "9");
        CapturePage second = capture.page(first.next(), 2);
        assertThat(ids(second)).containsExactly(5L, 6L);
        assertThat(second.evicted()).isEqualTo(2);
        assertThat(capture.page(CapturePosition.START, 2).evicted()).isEqualTo(4);
        CapturePage last = capture.page(second.next(), ALL);
        assertThat(ids(last)).containsExactly(7L, 8L, 9L);
        CapturePage none = capture.page(last.next(), ALL);
        assertThat(none.items()).isEmpty();
        assertThat(none.next()).isEqualTo(last.next());
        now += TTL.toNanos() + 1;
        CapturePage gone = capture.page(second.next(), ALL);
        assertThat(gone.evicted()).isEqualTo(3);
        say(capture, "10");
        assertThat(ids(capture.page(gone.next(), ALL))).containsExactly(10L);
    }

    @Test
    void messagesFollowAnyPositionInAnEarlierCapture() {
        Capture before = capture(5, 100);
        say(before, "1", "2", "3");
        CapturePosition place = before.page(CapturePosition.START, ALL).next();
        Capture capture = new Capture(8, settings(5, 100), memory, () -> now, Runnable::run);
        say(capture, "a", "b");
        assertThat(ids(capture.page(place, ALL))).containsExactly(1L, 2L);
    }

    @Test
    void longMessagesMakeShortPagesAndNoneIsMissed() {
        Capture capture = new Capture(
                7,
                new CaptureSettings(true, 100, 65_536, TTL),
                new CaptureMemory(ALL * 10L, new ByteBudget(Long.MAX_VALUE)),
                () -> now,
                Runnable::run);
        for (int i = 0; i < 40; i++) {
            capture.received(flow(1), ByteBuffer.allocate(65_536));
        }
        CapturePage first = capture.page(CapturePosition.START, ALL);
        assertThat(first.items()).hasSize(16);
        assertThat(capture.page(first.next(), 1).items().get(0).id()).isEqualTo(17);
    }

    @Test
    void allCapturesTogetherStayWithinTheMemoryLimit() {
        Capture first = capture(1_000, 10_000);
        Capture second = capture(1_000, 10_000);
        for (int i = 0; i < 50; i++) {
            first.received(flow(1), ByteBuffer.allocate(10_000));
        }
        assertThat(first.status().held()).isEqualTo(9);
        assertThat(first.status().evicted()).isEqualTo(41);
        second.received(flow(1), ByteBuffer.allocate(10_000));
        assertThat(second.status()).isEqualTo(new CaptureStatus(settings(1_000, 10_000), 0, 1));
        second.received(flow(1), ByteBuffer.allocate(1_000));
        assertThat(second.page(CapturePosition.START, 1).items().get(0).id()).isEqualTo(2);
        assertThat(memory.used()).isLessThanOrEqualTo(100_000);
        first.removed();
        second.received(flow(1), ByteBuffer.allocate(10_000));
        assertThat(second.status().held()).isEqualTo(2);
        second.removed();
        assertThat(memory.used()).isZero();
    }

    @Test
    void changedSettingsKeepMessagesThatFit() {
        Capture capture = capture(10, 100);
        say(capture, "abc", "def", "ghi");
        capture.change(settings(2, 1));
        assertThat(texts(capture)).containsExactly("def", "ghi");
        say(capture, "jkl");
        assertThat(texts(capture)).containsExactly("ghi", "j");
        assertThat(capture.status().evicted()).isEqualTo(2);
        capture.change(new CaptureSettings(false, 2, 1, TTL));
        say(capture, "late");
        assertThat(texts(capture)).containsExactly("ghi", "j");
        capture.change(new CaptureSettings(false, 2, 1, Duration.ofSeconds(1)));
        now += Duration.ofSeconds(1).toNanos() + 1;
        assertThat(capture.status().held()).isZero();
    }

    @Test
    void aWaiterIsCompletedByAMessageAPauseOrRemoval() {
        Capture capture = capture(10, 100);
        CapturePosition start = CapturePosition.START;
        CompletableFuture<Void> message = capture.available(start);
        assertThat(message).isNotDone();
        say(capture, "a");
        assertThat(message).isDone();
        assertThat(capture.available(start)).isDone();
        CapturePosition end = capture.page(start, ALL).next();
        CompletableFuture<Void> pause = capture.available(end);
        assertThat(pause).isNotDone();
        capture.change(new CaptureSettings(false, 10, 100, TTL));
        assertThat(pause).isDone();
        assertThat(capture.available(end)).isDone();
        capture.change(settings(10, 100));
        CompletableFuture<Void> over = capture.available(end);
        assertThat(over).isNotDone();
        capture.removed();
        assertThat(over).isDone();
        say(capture, "b");
        assertThat(capture.status().held()).isZero();
        assertThat(capture.sweep()).isFalse();
    }

    @Test
    void aCloseIsHeldAsLongAsAMessageBeforeIt() {
        Capture capture = capture(2, 100);
        capture.received(flow(1), bytes("a"));
        capture.received(flow(2), bytes("b"));
        capture.closed(flow(1), CloseReason.CLIENT, false);
        capture.closed(flow(2), CloseReason.ERROR, true);
        capture.closed(flow(9), CloseReason.PROBE, false);
        assertThat(kinds(capture)).containsExactly("a", "b", "end 1 by in", "reset 2 by in");
        capture.received(flow(3), bytes("c"));
        assertThat(kinds(capture)).containsExactly("b", "end 1 by in", "reset 2 by in", "c");
        capture.closed(flow(3), CloseReason.IDLE, false);
        assertThat(kinds(capture)).containsExactly("b", "reset 2 by in", "c", "end 3 by out");
        capture.received(flow(4), bytes("d"));
        assertThat(kinds(capture)).containsExactly("c", "end 3 by out", "d");
    }

    /** Compared with a truncated list; the ring grows and shrinks meanwhile. */
    @Test
    void behavesLikeATruncatedList() {
        Random random = new Random(1);
        CaptureMemory plenty = new CaptureMemory(Long.MAX_VALUE, new ByteBudget(Long.MAX_VALUE));
        Capture capture = new Capture(7, settings(1_000, 100), plenty, () -> now, Runnable::run);
        List<String> expected = new ArrayList<>();
        int most = 1_000;
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(500) == 0) {
                most = 1 + random.nextInt(1_000);
                capture.change(settings(most, 100));
            }
            expected.add("" + i);
            expected.subList(0, Math.max(0, expected.size() - most)).clear();
            say(capture, "" + i);
            if (i % 100 == 0) {
                assertThat(texts(capture)).isEqualTo(expected);
            }
        }
        assertThat(texts(capture)).isEqualTo(expected);
    }

    @Test
    void rejectsSettingsOutOfRange() {
        assertThatThrownBy(() -> settings(0, 1)).hasMessage("maxMessages: 0 (expected: 1 to 100000)");
        assertThatThrownBy(() -> settings(1, 65_537)).hasMessage("maxBytesPerMessage: 65537 (expected: 0 to 65536)");
        assertThatThrownBy(() -> new CaptureSettings(true, 1, 1, Duration.ofMillis(999)))
                .hasMessage("ttl in ms: 999 (expected: 1000 to 86400000)");
    }

    private Capture capture(int maxMessages, int maxBytes) {
        return new Capture(7, settings(maxMessages, maxBytes), memory, () -> now, Runnable::run);
    }

    private static CaptureSettings settings(int maxMessages, int maxBytes) {
        return new CaptureSettings(true, maxMessages, maxBytes, TTL);
    }

    private static void say(Capture capture, String... texts) {
        for (String text : texts) {
            capture.received(flow(1), bytes(text));
        }
    }

    private static Flow flow(long connection) {
        return new Flow(
                connection,
                Protocol.TCP,
                new InetSocketAddress("127.0.0.1", 7007),
                new InetSocketAddress("127.0.0.1", 50_000));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<CapturedMessage> messages(Capture capture) {
        return capture.page(CapturePosition.START, ALL).items().stream()
                .map(CapturePage.Item::message)
                .toList();
    }

    private static List<String> texts(Capture capture) {
        return messages(capture).stream()
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<Long> ids(CapturePage page) {
        return page.items().stream().map(CapturePage.Item::id).toList();
    }

    private static List<String> kinds(Capture capture) {
        return capture.all().stream()
                .map(each -> each instanceof CapturedClose close
                        ? (close.reset() ? "reset " : "end ") + close.connection() + " by " + close.by()
                        : new String(((CapturedMessage) each).payload(), StandardCharsets.UTF_8))
                .toList();
    }
}
