package dev.canyon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.EventReader.Item;
import dev.canyon.inspect.Following;
import dev.canyon.inspect.Journal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Isolated("many readers and events at once")
@TestPropertySource(properties = "canyon.listeners[0].name=api-test-declared-streams") // JMX knows each name once
class EventStreamTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/e";
    private static final String EVENTS = LISTENER + "/events";
    private static final String ALL = "/api/v1/events";
    /** More than the threads that Tomcat has for calls. */
    private static final int STALLED = 215;

    private static final int MOST = 225;

    private static final Duration FOREVER = Duration.ofHours(1);

    @TestBean
    @Nullable
    StreamSettings streamSettings;

    static StreamSettings streamSettings() {
        return new StreamSettings(MOST, Duration.ofMillis(300), Duration.ofMinutes(5));
    }

    @Autowired
    EventStreams streams;

    @Autowired
    Journal journal;

    private final List<EventReader> readers = new ArrayList<>();

    @AfterEach
    void closeReaders() throws Exception {
        for (EventReader reader : readers) {
            reader.close();
        }
    }

    @Test
    void tellsOfOneListenerOrOfAllAsTheListDoes() throws Exception {
        createTcp();
        EventReader one = follow(EVENTS, null);
        EventReader all = follow(ALL, null);
        create("{\"name\":\"other\",\"protocol\":\"udp\",\"port\":0}");
        post(LISTENER + "/stop");
        Item stopped = one.event();
        assertThat(stopped.type()).isEqualTo("stopped");
        assertThat(stopped.json()).isEqualTo(get(EVENTS).at("/items/0"));
        assertThat(stopped.id()).isEqualTo(stopped.json().get("id").stringValue());
        Item others = all.event();
        assertThat(others.type()).isEqualTo("bound");
        assertThat(others.json().get("listener").stringValue()).isEqualTo("other");
        assertThat(all.event()).isEqualTo(stopped);
    }

    @Test
    void aReaderThatComesBackMissesNothing() throws Exception {
        int port = createTcp();
        for (String path : List.of(EVENTS, ALL)) {
            EventReader first = follow(path, null);
            new Socket("127.0.0.1", port).close();
            Item accepted = first.event();
            assertThat(accepted.type()).isEqualTo("accepted");
            first.close();
            new Socket("127.0.0.1", port).close();
            EventReader again = follow(path, accepted.id());
            List<String> types = List.of(
                    again.event().type(), again.event().type(), again.event().type());
            assertThat(types).containsExactlyInAnyOrder("closed", "accepted", "closed");
        }
    }

    @Test
    void isToldOfAGapIfAnEventAfterTheLastOneIsHeldNoMore() throws Exception {
        int port = createTcp();
        String first = get(EVENTS).at("/items/1/id").stringValue();
        String second = get(EVENTS).at("/items/0/id").stringValue();
        EventReader noGap = follow(EVENTS, first);
        assertThat(noGap.event().id()).isEqualTo(second);
        noGap.close();
        churn(port, 200);
        // One of another start of Canyon, one that nobody has given as yet, and one that was pushed out.
        for (String last : List.of("5", "999999999999999999", first)) {
            await().untilAsserted(() -> {
                EventReader reader = follow(EVENTS, last);
                Item gap = reader.event();
                assertThat(gap.type()).isEqualTo("gap");
                assertThat(gap.id()).isNull();
                assertThat(gap.json().get("missed").isNull()).isTrue();
                assertThat(reader.event().id()).isEqualTo(oldestHeld());
            });
        }
        assertThat(follow(ALL, "5").event().type()).isEqualTo("gap");
        EventReader held = follow(EVENTS, oldestHeld());
        assertThat(held.event().type()).isNotEqualTo("gap");
    }

    private String oldestHeld() throws Exception {
        JsonNode items = get(EVENTS + "?limit=1000").body().get("items");
        return items.get(items.size() - 1).get("id").stringValue();
    }

    @Test
    void showsThatItIsThereWhenNothingHappens() throws Exception {
        createTcp();
        EventReader reader = follow(EVENTS, null);
        assertThat(reader.item().type()).isEqualTo(":");
        assertThat(reader.item().type()).isEqualTo(":");
    }

    @Test
    void endsWithTheListener() throws Exception {
        createTcp();
        EventReader reader = follow(EVENTS, null);
        delete(LISTENER);
        assertThat(reader.event().type()).isEqualTo("stopped");
        assertThat(reader.event().type()).isEqualTo("end");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        createTcp();
        assertThat(stream("/api/v1/listeners/nobody/events", null).code()).isEqualTo("listener-not-found");
        for (String path : List.of(EVENTS, ALL)) {
            assertThat(stream(path, "x").fields()).containsExactly("Last-Event-ID");
            assertThat(stream(path + "?limit=5", null).fields()).containsExactly("limit");
        }
        assertThat(send(request(ALL).header("Accept", "*/*")).status()).isEqualTo(200);
        assertThat(send(request(ALL).header("Accept", "text/plain")).status()).isEqualTo(406);
    }

    @Test
    void refusesMoreStreamsThanThereMayBeUntilSomeReadersLeave() throws Exception {
        createTcp();
        await().untilAsserted(() -> {
            while (readers.size() < MOST) {
                follow(ALL, null);
            }
            Answer refused = stream(ALL, null);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("limit-reached");
            assertThat(refused.at("/limit").stringValue()).isEqualTo("event-streams");
        });
        for (EventReader reader : readers.subList(0, 5)) {
            reader.close();
        }
        // They are noticed with a heartbeat.
        await().untilAsserted(() -> follow(ALL, null));
    }

    @Test
    void aStreamThatFailsIsHungUpAndTheOthersGoOn() throws Exception {
        createTcp();
        EventReader reader = follow(EVENTS, null);
        FailingCall failing = new FailingCall();
        streams.open(failing.request, failing.response, this::all);
        await().until(() -> failing.hangUps.get() == 1);
        post(LISTENER + "/stop");
        assertThat(reader.event().type()).isEqualTo("stopped");
        post(LISTENER + "/start");
        assertThat(reader.event().type()).isEqualTo("bound");
        assertThat(failing.hangUps).hasValue(1);
    }

    @Test
    void aStreamThatFailsAtTheEndLeavesNoOtherOpen() throws Exception {
        EventStreams ending = new EventStreams(new StreamSettings(9, FOREVER, FOREVER));
        ending.start();
        List<FailingCall> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            FailingCall call = new FailingCall();
            call.ready = false;
            call.completes = false;
            calls.add(call);
            ending.open(call.request, call.response, this::all);
        }
        ending.stop();
        assertThat(calls).allSatisfy(call -> assertThat(call.hangUps).hasValue(1));
    }

    @Test
    void nothingIsHeldForAStreamThatCouldNotBegin() throws Exception {
        int port = createTcp();
        for (int i = 0; i < 2 * MOST; i++) {
            FailingCall failing = new FailingCall();
            failing.begins = false;
            assertThatThrownBy(() -> streams.open(
                            failing.request,
                            failing.response,
                            () -> told(journal.follow("e").orElseThrow())))
                    .hasMessage("recycled");
        }
        churn(port, 200);
        await().until(() -> get(LISTENER).at("/status/closed/client").intValue() == 200);
        assertThat(get(EVENTS + "?limit=1000").at("/items").size()).isEqualTo(256);
        follow(EVENTS, null);
    }

    private StreamSource all() {
        return told(journal.follow());
    }

    private static StreamSource told(Following events) {
        return new FollowedEvents(events, new EventText(JsonMapper.shared()));
    }

    /** A call as it is after Tomcat has recycled it: everything throws. */
    private static final class FailingCall {

        private final AtomicInteger hangUps = new AtomicInteger();
        private boolean ready = true;
        private boolean completes = true;
        private boolean begins = true;

        private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/failing") {
            @Override
            public AsyncContext startAsync() {
                return new MockAsyncContext(this, null) {
                    @Override
                    public void complete() {
                        if (!completes) {
                            throw new IllegalStateException("recycled");
                        }
                    }
                };
            }
        };

        private final MockHttpServletResponse response = new MockHttpServletResponse() {
            @Override
            public ServletOutputStream getOutputStream() {
                return new FailingOutput(begins, ready);
            }
        };

        FailingCall() {
            Runnable hangUp = () -> {
                hangUps.incrementAndGet();
                throw new IllegalStateException("recycled");
            };
            request.setAttribute(HangUp.class.getName(), hangUp);
        }
    }

    private static final class FailingOutput extends ServletOutputStream {

        private final boolean begins;
        private final boolean ready;

        FailingOutput(boolean begins, boolean ready) {
            this.begins = begins;
            this.ready = ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            if (!begins) {
                throw new IllegalStateException("recycled");
            }
            try {
                if (ready) {
                    listener.onWritePossible();
                }
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        @Override
        public boolean isReady() {
            throw new IllegalStateException("recycled");
        }

        @Override
        public void write(int octet) {
            throw new IllegalStateException("recycled");
        }
    }

    @Test
    void readersThatDoNotReadHoldUpNobody() throws Exception {
        int port = createTcp();
        List<EventReader> stalled = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            stalled.add(follow(EVENTS, null, 4 * 1024));
        }
        EventReader healthy = follow(EVENTS, null);
        Thread events = new Thread(() -> churn(port, 4_000));
        events.start();
        long read = 0;
        while (events.isAlive() || read == 0) {
            read += healthy.event().type().equals("gap") ? 0 : 1;
        }
        assertThat(read).as("by a reader that reads").isGreaterThan(100);
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            String last = String.valueOf(client.getLocalPort());
            Item item = healthy.event();
            while (!item.data().contains("\"remotePort\":" + last + ",")) {
                item = healthy.event();
            }
        }
        assertThat(get(LISTENER).status()).isEqualTo(200);
        isToldHowManyItHasMissed(stalled.get(0));
        // Ends the stream of who reads, and leaves the others the rest: no thread waits for them.
        assertThat(send(request(LISTENER).DELETE().timeout(Duration.ofSeconds(8)))
                        .status())
                .isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            assertThat(send(request("/api/v1/listeners").timeout(Duration.ofSeconds(8)))
                            .status())
                    .isEqualTo(200);
        }
        await().untilAsserted(() -> follow(ALL, null));
    }

    private static void isToldHowManyItHasMissed(EventReader stalled) throws IOException {
        Item item = stalled.event();
        while (!item.type().equals("gap")) {
            assertThat(item.type()).isNotEqualTo("end");
            item = stalled.event();
        }
        assertThat(item.json().get("missed").longValue()).isPositive();
        assertThat(stalled.event().type()).isIn("accepted", "closed");
    }

    private EventReader follow(String path, @Nullable String lastId) throws IOException {
        return follow(path, lastId, 0);
    }

    private EventReader follow(String path, @Nullable String lastId, int receiveBufferBytes) throws IOException {
        EventReader reader = new EventReader(serverPort, path, lastId, receiveBufferBytes);
        try {
            reader.begun();
        } catch (AssertionError | IOException ex) {
            reader.close();
            throw ex;
        }
        readers.add(reader);
        return reader;
    }

    /** A stream that is refused. */
    private Answer stream(String path, @Nullable String lastId) throws Exception {
        var request = request(path).header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        return send(request.timeout(Duration.ofSeconds(10)));
    }

    private int createTcp() throws Exception {
        Answer created = create("{\"name\":\"e\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(created.status()).isEqualTo(201);
        return created.at("/status/port").intValue();
    }

    private static void churn(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            try {
                new Socket("127.0.0.1", port).close();
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
