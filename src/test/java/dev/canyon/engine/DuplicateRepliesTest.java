package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.traffic.EndpointCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The fault {@code duplicate} on TCP: copies of whole replies. */
@Execution(ExecutionMode.CONCURRENT)
class DuplicateRepliesTest {

    private static final Map<String, Object> LINES = Map.of("framing", Map.of("type", "line"));
    private static final Map<String, Object> LENGTHS = Map.of("framing", Map.of("type", "length", "lengthBytes", 1));

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    private Opened open(Wire wire, Map<String, Object> settings) {
        return endpoints.open(
                wire.kind(),
                Endpoints.spec(wire.loopback(), 0, TcpSettings.defaults()).answering(ReplySettings.with(settings)));
    }

    private static TcpClient connect(Opened opened) throws IOException {
        return TcpClient.connect(opened.endpoint().address());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static void assertAccounted(Opened opened, long received, long added, long discarded) {
        await().untilAsserted(() -> {
            EndpointCounters.Reading reading = opened.read();
            assertThat(reading.receivedBytes()).isEqualTo(received);
            assertThat(reading.addedBytes()).isEqualTo(added);
            assertThat(reading.discardedBytes()).isEqualTo(discarded);
            assertThat(reading.sentBytes()).isEqualTo(received + added - discarded);
        });
    }

    @OnEveryWire
    void eachReplyIsSentAgain(Wire wire) throws IOException {
        Opened opened = open(wire, LINES);
        ActiveFault fault = Faults.add(opened.faults(), "duplicate", "copies", 2);
        try (TcpClient client = connect(opened)) {
            client.send(ascii("one\ntw"));
            assertThat(text(client.read(12))).isEqualTo("one\none\none\n");
            client.send(ascii("o\n\nend")).shutdown();
            assertThat(text(client.readToEnd())).isEqualTo("two\ntwo\ntwo\n\n\n\nendendend");
        }
        assertThat(fault.appliedCount()).isEqualTo(4);
        assertAccounted(opened, 12, 24, 0);
    }

    @OnEveryWire
    void repliesAreNumberedPerConnectionHoweverTheyArrive(Wire wire) throws IOException {
        Opened opened = open(wire, LENGTHS);
        Faults.add(opened.faults(), "duplicate", "when", Map.of("every", 2));
        for (int i = 0; i < 2; i++) {
            try (TcpClient client = connect(opened)) {
                client.send(ascii("\1a\1b\1c\1")).send(ascii("d")).shutdown();
                assertThat(text(client.readToEnd())).isEqualTo("\1a\1b\1b\1c\1d\1d");
            }
        }
    }

    @OnEveryWire
    void repliesOtherThanTheEchoAreSentAgain(Wire wire) throws IOException {
        Opened opened = open(
                wire,
                Map.of(
                        "reply",
                        Map.of("mode", "fixed", "text", "OK"),
                        "framing",
                        Map.of("type", "line"),
                        "banner",
                        Map.of("text", "hi\n")));
        Faults.add(opened.faults(), "duplicate");
        try (TcpClient client = connect(opened)) {
            client.send(ascii("question\n")).shutdown();
            assertThat(text(client.readToEnd())).isEqualTo("hi\nOK\nOK\n");
        }
        assertAccounted(opened, 9, 9, 9);
    }

    /** The end of the stream keeps its place behind the copies. */
    @OnEveryWire
    void aCopyAfterAGapIsSentBetweenLaterRepliesAndBeforeTheEnd(Wire wire) throws IOException {
        Opened opened = open(wire, LINES);
        Faults.add(opened.faults(), "duplicate", "gapMs", 300, "when", Map.of("first", 1));
        try (TcpClient client = connect(opened)) {
            long start = System.nanoTime();
            client.send(ascii("one\ntwo\n")).shutdown();
            assertThat(text(client.readToEnd())).isEqualTo("one\ntwo\none\n");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(299));
        }
        assertAccounted(opened, 8, 4, 0);
    }

    @OnEveryWire
    void copiesThatAreHeldLeaveWhenTheFaultIsRemoved(Wire wire) throws IOException {
        Opened opened = open(wire, LINES);
        Faults.add(opened.faults(), "duplicate", "gapMs", 60_000, "copies", 2);
        try (TcpClient client = connect(opened)) {
            client.send(ascii("one\n")).shutdown();
            assertThat(text(client.read(4))).isEqualTo("one\n");
            await().until(() -> opened.peers().after(0, 10).get(0).pendingBytes() == 8);
            opened.faults().remove("duplicate");
            assertThat(text(client.readToEnd())).isEqualTo("one\none\n");
        }
        assertAccounted(opened, 4, 8, 0);
    }

    @OnEveryWire
    void copiesThatAreHeldAreDiscardedWithTheConnection(Wire wire) throws IOException {
        Opened opened = open(wire, LINES);
        Faults.add(opened.faults(), "duplicate", "gapMs", 60_000, "copies", 2);
        try (TcpClient client = connect(opened)) {
            client.send(ascii("one\n"));
            assertThat(text(client.read(4))).isEqualTo("one\n");
            client.reset();
        }
        assertAccounted(opened, 4, 8, 8);
    }

    /** Others would see pieces of a reply. */
    @OnEveryWire
    void comesBeforeFaultsThatCutReplies(Wire wire) throws IOException {
        Opened opened = open(wire, LINES);
        Faults.add(opened.faults(), "slice", "bytes", 2);
        Faults.add(opened.faults(), "latency", "delayMs", 5, "jitterMs", 5);
        Faults.add(opened.faults(), "limit", "bytes", 11);
        try (TcpClient client = connect(opened)) {
            Faults.add(opened.faults(), "duplicate");
            client.send(ascii("one\ntwo\nthree\n"));
            assertThat(text(client.readToEnd())).isEqualTo("one\none\ntwo");
        }
    }

    @OnEveryWire
    void copiesOfOneReplyAreBounded(Wire wire) throws IOException {
        Opened opened = open(wire, LINES);
        for (int i = 0; i < 4; i++) {
            Faults.add(opened.faults(), "duplicate", "id", "d" + i, "copies", 100, "gapMs", i % 2);
        }
        try (TcpClient client = connect(opened)) {
            client.send(ascii("a\nb\n")).shutdown();
            String replies = text(client.readToEnd());
            assertThat(replies).hasSize(2 * 2 * 101);
            assertThat(replies.chars().filter(c -> c == 'a')).hasSize(101);
        }
        assertAccounted(opened, 4, 400, 0);
    }

    @OnEveryWire
    void copiesOfALongReplyAreBoundedByTheirBytes(Wire wire) throws IOException {
        Opened opened =
                open(wire, Map.of("framing", Map.of("type", "length", "lengthBytes", 4, "maxFrameBytes", 1_048_576)));
        Faults.add(opened.faults(), "duplicate", "copies", 100);
        int length = 1_000_000;
        byte[] message =
                ByteBuffer.allocate(Integer.BYTES + length).putInt(length).array();
        try (TcpClient client = connect(opened)) {
            client.sendMeanwhile(message, true);
            assertThat(client.readToEnd()).hasSize(5 * message.length);
        }
        assertAccounted(opened, message.length, 4L * message.length, 0);
    }

    @OnEveryWire
    void connectionsWithoutFramingAreNotConcerned(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of());
        ActiveFault fault = Faults.add(opened.faults(), "duplicate");
        try (TcpClient client = connect(opened)) {
            client.send(ascii("one\n")).shutdown();
            assertThat(text(client.readToEnd())).isEqualTo("one\n");
        }
        assertThat(fault.appliedCount()).isZero();
    }
}
