package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.reply.ReplySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Execution(ExecutionMode.CONCURRENT)
class TcpRepliesTest {

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    /** @param settings values of reply, banner and framing */
    private Opened open(Wire wire, Map<String, Object> settings) {
        return endpoints.open(
                wire.kind(),
                Endpoints.spec(wire.loopback(), 0, TcpSettings.defaults()).answering(ReplySettings.with(settings)));
    }

    private Opened open(Wire wire, Object... reply) {
        return open(wire, Map.of("reply", object("mode", reply)));
    }

    /** @param fields the value of the first field, then names and values by turns */
    private static Map<String, Object> object(String first, Object... fields) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(first, fields[0]);
        for (int i = 1; i < fields.length; i += 2) {
            object.put((String) fields[i], fields[i + 1]);
        }
        return object;
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

    private static Peer only(Opened opened) {
        return await().until(() -> opened.peers().after(0, 10), peers -> peers.size() == 1)
                .get(0);
    }

    private static void awaitClosed(Opened opened, CloseReason reason) {
        await().untilAsserted(() ->
                assertThat(opened.read().connections().closed().get(reason)).isEqualTo(1));
    }

    private static byte[] message(int delayMillis, String rest) {
        return ByteBuffer.allocate(4 + rest.length())
                .putInt(delayMillis)
                .put(ascii(rest))
                .array();
    }

    private static String readLine(TcpClient client) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte next = client.read(1)[0]; next != '\n'; next = client.read(1)[0]) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @OnEveryWire
    void discardReadsEverythingAnswersNothingAndEndsWithTheClient(Wire wire) throws IOException {
        Opened opened = open(wire, "discard");
        byte[] message = new byte[3_000_000];
        try (TcpClient client = connect(opened)) {
            client.send(message).shutdown();
            assertThat(client.readToEnd()).isEmpty();
        }
        awaitClosed(opened, CloseReason.CLIENT);
        assertThat(opened.read().discardedBytes()).isEqualTo(message.length);
        assertThat(opened.read().sentBytes()).isZero();
    }

    @OnEveryWire
    void fixedAnswersEachReadWithTheSameBytes(Wire wire) throws IOException {
        Opened opened = open(wire, "fixed", "text", "OK\r\n");
        try (TcpClient client = connect(opened)) {
            assertThat(text(client.send(ascii("one")).read(4))).isEqualTo("OK\r\n");
            assertThat(text(client.send(ascii("two")).read(4))).isEqualTo("OK\r\n");
            client.shutdown();
            assertThat(client.readToEnd()).isEmpty();
        }
        awaitClosed(opened, CloseReason.CLIENT);
        assertThat(opened.read().addedBytes()).isEqualTo(8);
        assertThat(opened.read().discardedBytes()).isEqualTo(6);
    }

    @OnEveryWire
    void identityTellsWhoSentWhatFromWhere(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("reply", object("mode", "identity"), "framing", object("type", "line")));
        Instant before = Instant.now();
        try (TcpClient client = connect(opened)) {
            client.send(ascii("hello\r\nsay \"\\\"\n"));
            JsonNode first = JsonMapper.shared().readTree(readLine(client));
            assertThat(first.get("remotePort").asInt()).isEqualTo(client.local().getPort());
            assertThat(first.get("localPort").asInt()).isEqualTo(opened.port());
            assertThat(first.get("remoteAddress").asString()).isEqualTo(wire.loopback());
            assertThat(first.get("localAddress").asString()).isEqualTo(wire.loopback());
            assertThat(first.get("protocol").asString()).isEqualTo("tcp");
            assertThat(first.get("connection").asString())
                    .isEqualTo(String.valueOf(only(opened).id()));
            assertThat(first.get("sequence").asInt()).isEqualTo(1);
            assertThat(first.get("bytes").asInt()).isEqualTo(5);
            assertThat(first.get("text").asString()).isEqualTo("hello");
            assertThat(Instant.parse(first.get("receivedAt").asString()))
                    .isBetween(before.minusMillis(1), Instant.now());
            JsonNode second = JsonMapper.shared().readTree(readLine(client));
            assertThat(second.get("sequence").asInt()).isEqualTo(2);
            assertThat(second.get("text").asString()).isEqualTo("say \"\\\"");
        }
    }

    @Test
    void identityRepeatsAtMostOneKibibyteAndOnlyUtf8AsText() throws IOException {
        Wire wire = Wire.all().findFirst().orElseThrow();
        Opened opened = open(
                wire,
                Map.of("reply", object("mode", "identity"), "framing", object("type", "length", "lengthBytes", 2)));
        try (TcpClient client = connect(opened)) {
            byte[] content = new byte[2_000];
            content[0] = (byte) 0xff;
            client.send(ByteBuffer.allocate(2 + content.length)
                    .putShort((short) content.length)
                    .put(content)
                    .array());
            int length = ByteBuffer.wrap(client.read(2)).getShort();
            JsonNode line = JsonMapper.shared().readTree(client.read(length));
            assertThat(line.get("bytes").asInt()).isEqualTo(2_000);
            assertThat(line.get("truncated").asBoolean()).isTrue();
            assertThat(line.get("text").isNull()).isTrue();
            assertThat(line.get("base64").binaryValue()).hasSize(1_024).startsWith(0xff, 0);
        }
    }

    @OnEveryWire
    void delayedSendsEachMessageWhenItAsksForIt(Wire wire) throws IOException {
        Opened opened = open(
                wire,
                Map.of(
                        "reply", object("mode", "delayed", "maxDelayMs", 400),
                        "framing", object("type", "length", "lengthBytes", 1)));
        byte[] slow = message(-1, "slow");
        byte[] fast = message(50, "fast");
        try (TcpClient client = connect(opened)) {
            long start = System.nanoTime();
            client.send(new byte[] {8})
                    .send(slow)
                    .send(new byte[] {8})
                    .send(fast)
                    .send(new byte[] {2, 'h', 'i'});
            client.shutdown();
            assertThat(client.read(3)).containsExactly(2, 'h', 'i');
            assertThat(client.read(9)).containsExactly(8, 0, 0, 0, 50, 'f', 'a', 's', 't');
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(49));
            assertThat(client.read(9)).containsExactly(8, -1, -1, -1, -1, 's', 'l', 'o', 'w');
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(399));
            assertThat(client.readToEnd()).isEmpty();
        }
        awaitClosed(opened, CloseReason.CLIENT);
        assertThat(opened.read().addedBytes()).isZero();
        assertThat(opened.read().discardedBytes()).isZero();
    }

    @OnEveryWire
    void delayedHoldsAtMostItsBound(Wire wire) throws Exception {
        Opened opened = open(wire, "delayed", "maxDelayMs", 86_400_000);
        byte[] message = new byte[12 * 1024 * 1024];
        Arrays.fill(message, (byte) 0x7f);
        try (TcpClient client = connect(opened)) {
            client.sendMeanwhile(message, false);
            await().until(() -> only(opened).pausedBy().contains(PauseReason.REPLY));
            assertThat(only(opened).pendingBytes()).isBetween(4L * 1024 * 1024, 6L * 1024 * 1024);
        }
    }

    /** Otherwise clients that have gone would use up the memory that all replies share. */
    @OnEveryWire
    void delayedReleasesWhatItHoldsForAClientThatResets(Wire wire) throws Exception {
        Opened opened = open(wire, "delayed", "maxDelayMs", 86_400_000);
        // Only epoll reports a reset of a connection that is not read.
        int[] sizes = wire.kind() == TransportKind.EPOLL ? new int[] {100, 5 * 1024 * 1024} : new int[] {100};
        for (int bytes : sizes) {
            byte[] message = new byte[bytes];
            Arrays.fill(message, (byte) 0x7f);
            TcpClient client = connect(opened);
            Thread sender = client.sendMeanwhile(message, false);
            await().until(() -> opened.peers().after(0, 1).stream()
                    .anyMatch(peer -> peer.pendingBytes() >= Math.min(bytes, 4 * 1024 * 1024)));
            sender.join(5_000);
            client.reset();
            await().untilAsserted(() -> assertThat(opened.read().connections().active())
                    .as(bytes + " bytes")
                    .isZero());
        }
        assertThat(Endpoints.transport(wire.kind()).waiting().held()).isZero();
    }

    @OnEveryWire
    void delayedSendsWhatItHoldsWhenTheListenerStops(Wire wire) throws IOException {
        Opened opened = open(wire, "delayed", "maxDelayMs", 86_400_000);
        byte[] message = message(-1, "kept until the drain ends");
        try (TcpClient client = connect(opened)) {
            client.send(message);
            await().until(() -> only(opened).pendingBytes() == message.length);
            var closed = opened.endpoint().close(Duration.ofMillis(100));
            assertThat(client.readToEnd()).isEqualTo(message);
            client.shutdown();
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @OnEveryWire
    void chargenSendsLinesWhileTheClientReads(Wire wire) throws IOException {
        Opened opened = open(wire, "chargen");
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 8_192, null)) {
            await().until(() -> only(opened).pausedBy().contains(PauseReason.BACK_PRESSURE));
            assertThat(only(opened).pendingBytes()).isLessThan(256 * 1024);
            for (int line = 0; line < 30_000; line++) {
                byte[] read = client.read(74);
                if (line % 1_000 < 2) {
                    StringBuilder wanted = new StringBuilder();
                    for (int i = 0; i < 72; i++) {
                        wanted.append((char) (' ' + (line + i) % 95));
                    }
                    assertThat(text(read)).isEqualTo(wanted + "\r\n");
                }
            }
            client.send(ascii("ignored")).shutdown();
            int more = 0;
            for (int read = client.readSome(65_536).length; read > 0; read = client.readSome(65_536).length) {
                more += read;
                assertThat(more).as("sent after the FIN of the client").isLessThan(100_000_000);
            }
        }
        awaitClosed(opened, CloseReason.CLIENT);
        assertThat(opened.read().discardedBytes()).isEqualTo(7);
        assertThat(opened.read().sentBytes()).isEqualTo(opened.read().addedBytes());
    }

    @OnEveryWire
    void theIdleTimeoutBeginsAgainWhenADelayedReplyIsSent(Wire wire) throws IOException {
        int idleMillis = 2_000;
        Opened opened = endpoints.open(
                wire.kind(),
                Endpoints.spec(wire.loopback(), 0, TcpSettings.with(Map.of("idleTimeoutMs", idleMillis)))
                        .answering(ReplySettings.with(Map.of("reply", object("mode", "delayed")))));
        try (TcpClient client = connect(opened)) {
            // Just before the idle timeout since the request expires.
            byte[] request = ByteBuffer.allocate(5)
                    .putInt(idleMillis - 15)
                    .put((byte) 'x')
                    .array();
            client.send(request).read(request.length);
            long answered = System.nanoTime();
            assertThat(client.readToEnd()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - answered)).isGreaterThan(Duration.ofMillis(idleMillis / 2));
        }
        awaitClosed(opened, CloseReason.IDLE);
    }

    @OnEveryWire
    void chargenEndsWhenTheClientResetsAndIsNotIdleWhileItSends(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(),
                Endpoints.spec(wire.loopback(), 0, TcpSettings.with(Map.of("idleTimeoutMs", 1_000)))
                        .answering(ReplySettings.with(Map.of("reply", object("mode", "chargen")))));
        try (TcpClient client = connect(opened)) {
            long until = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
            while (System.nanoTime() < until) {
                client.read(50_000);
            }
            assertThat(opened.read().connections().active()).isEqualTo(1);
            client.reset();
        }
        awaitClosed(opened, CloseReason.ERROR);
    }

    @OnEveryWire
    void aStopEndsChargenAtOnce(Wire wire) throws IOException {
        Opened opened = open(wire, "chargen");
        try (TcpClient client = connect(opened)) {
            client.read(100_000);
            var closed = opened.endpoint().close(Duration.ofSeconds(60));
            while (client.readSome(65_536).length > 0) {
                // What was sent before the stop.
            }
            client.shutdown();
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @OnEveryWire
    void daytimeAndTimeSendTheTimeAndClose(Wire wire) throws IOException {
        Opened daytime = open(wire, "daytime");
        try (TcpClient client = connect(daytime)) {
            client.send(ascii("what time is it?"));
            assertThat(text(client.readToEnd()))
                    .matches("[A-Z][a-z]+day, [A-Z][a-z]+ \\d{1,2}, \\d{4} \\d\\d:\\d\\d:\\d\\d-UTC\r\n");
        }
        awaitClosed(daytime, CloseReason.ANSWERED);
        Opened time = open(wire, "time");
        try (TcpClient client = connect(time)) {
            long seconds =
                    Integer.toUnsignedLong(ByteBuffer.wrap(client.readToEnd()).getInt()) - 2_208_988_800L;
            assertThat(Instant.ofEpochSecond(seconds)).isBetween(Instant.now().minusSeconds(10), Instant.now());
        }
        awaitClosed(time, CloseReason.ANSWERED);
    }

    @OnEveryWire
    void aBannerComesBeforeAnythingIsSentAndIsNoAnswer(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("banner", Map.of("hex", "32 32 30 0a")));
        try (TcpClient client = connect(opened)) {
            assertThat(text(client.read(4))).isEqualTo("220\n");
            assertThat(text(client.send(ascii("echo")).read(4))).isEqualTo("echo");
            client.shutdown();
            assertThat(client.readToEnd()).isEmpty();
        }
        awaitClosed(opened, CloseReason.CLIENT);
        assertThat(opened.read().addedBytes()).isEqualTo(4);
    }

    @OnEveryWire
    void linesAreAnsweredOneByOneHoweverTheyArrive(Wire wire) throws IOException {
        Opened opened =
                open(wire, Map.of("reply", object("mode", "fixed", "text", "OK"), "framing", object("type", "line")));
        try (TcpClient client = connect(opened)) {
            client.send(ascii("a\nb\r\n\nc"));
            assertThat(text(client.read(9))).isEqualTo("OK\nOK\nOK\n");
            client.send(ascii("d\n"));
            assertThat(text(client.read(3))).isEqualTo("OK\n");
            client.send(ascii("the end of the stream ends the last line")).shutdown();
            assertThat(text(client.readToEnd())).isEqualTo("OK\n");
        }
        awaitClosed(opened, CloseReason.CLIENT);
    }

    @OnEveryWire
    void theEchoOfAMessageIsSentOnceItIsComplete(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("framing", object("type", "length", "lengthBytes", 2)));
        try (TcpClient client = connect(opened)) {
            client.send(new byte[] {0, 3, 'a', 'b'});
            await().until(() -> only(opened).receivedBytes() == 4);
            assertThat(only(opened).pendingBytes()).isEqualTo(4);
            assertThat(only(opened).sentBytes()).isZero();
            client.send(new byte[] {'c', 0, 0, 0});
            assertThat(client.read(7)).containsExactly(0, 3, 'a', 'b', 'c', 0, 0);
            client.shutdown();
            assertThat(client.readToEnd()).isEmpty();
        }
        awaitClosed(opened, CloseReason.CLIENT);
        assertThat(opened.read().discardedBytes()).isEqualTo(1);
        assertThat(opened.read().addedBytes()).isZero();
    }

    @OnEveryWire
    void aMessageThatIsTooLongEndsTheConnectionBehindTheAnswers(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("framing", object("type", "line", "maxFrameBytes", 10)));
        try (TcpClient client = connect(opened)) {
            client.send(ascii("123456789\n12345678901"));
            assertThat(text(client.readToEnd())).isEqualTo("123456789\n");
        }
        awaitClosed(opened, CloseReason.FRAMING);
    }

    /** What is left of a read must not overwrite messages that have not been sent yet. */
    @OnEveryWire
    void framedMessagesThatArriveInPiecesAreEchoedUnchanged(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("framing", object("type", "line")));
        try (TcpClient client = connect(opened)) {
            client.send(ascii("abc"));
            await().until(() -> only(opened).receivedBytes() == 3);
            assertThat(text(client.send(ascii("def\nghi")).read(7))).isEqualTo("abcdef\n");
            assertThat(text(client.send(ascii("\n")).read(4))).isEqualTo("ghi\n");
        }
    }

    /** A read of 64 KiB contains 32768 messages, whose answers need 10 MiB. */
    @OnEveryWire
    void longAnswersToManyShortMessagesAreMadeAsTheClientReads(Wire wire) throws IOException {
        byte[] answer = new byte[300];
        Arrays.fill(answer, (byte) 'x');
        Opened opened = open(
                wire,
                Map.of("reply", object("mode", "fixed", "text", text(answer)), "framing", object("type", "line")));
        int messages = 32_768;
        try (TcpClient client = TcpClient.connect(opened.endpoint().address(), 8_192, null)) {
            client.sendMeanwhile(ascii("a\n".repeat(messages)), true);
            await().until(() -> only(opened).pausedBy().contains(PauseReason.BACK_PRESSURE));
            assertThat(only(opened).pendingBytes()).isLessThan(512 * 1024);
            assertThat(client.readToEnd()).hasSize(messages * 301);
        }
        awaitClosed(opened, CloseReason.CLIENT);
    }

    @OnEveryWire
    void aChangeAppliesToNewConnections(Wire wire) throws IOException {
        Opened opened = endpoints.tcp(wire);
        try (TcpClient before = connect(opened)) {
            assertThat(text(before.send(ascii("a")).read(1))).isEqualTo("a");
            opened.endpoint()
                    .apply(Endpoints.spec(wire.loopback(), opened.port(), TcpSettings.defaults())
                            .answering(ReplySettings.with(Map.of("reply", object("mode", "fixed", "text", "b")))));
            try (TcpClient after = connect(opened)) {
                assertThat(text(after.send(ascii("a")).read(1))).isEqualTo("b");
            }
            assertThat(text(before.send(ascii("a")).read(1))).isEqualTo("a");
        }
    }

    @OnEveryWire
    void repliesPassTheFaultsOfTheirConnection(Wire wire) throws IOException {
        Opened opened = open(wire, "fixed", "text", "0123456789");
        Faults.add(opened.faults(), "limit", "bytes", 4, "then", "fin");
        try (TcpClient client = connect(opened)) {
            client.send(ascii("?"));
            assertThat(text(client.readToEnd())).isEqualTo("0123");
        }
        awaitClosed(opened, CloseReason.FAULT);
    }
}
