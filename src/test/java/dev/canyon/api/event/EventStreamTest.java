package dev.canyon.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.api.event.EventReader.Item;
import dev.canyon.api.http.ConnectionAbort;
import dev.canyon.api.stream.EventStreams;
import dev.canyon.api.stream.StreamSettings;
import dev.canyon.api.stream.StreamSource;
import dev.canyon.inspect.event.EventLog;
import dev.canyon.inspect.event.EventSubscription;
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
import java.util.function.IntConsumer;
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
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Isolated("many readers and events at once")
@TestPropertySource(properties = "canyon.listeners[0].name=api-test-declared-streams") // JMX knows each name once
class EventStreamTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/e";
    private static final String EVENTS = LISTENER + "/events";
    private static final String ALL = "/api/v1/events";
    /** More than the request threads of Tomcat. */
    private static final int STALLED = 215;

    private static final int MAX_STREAMS = 225;

    private static final Duration FOREVER = Duration.ofHours(1);

    @TestBean
    @Nullable
    StreamSettings streamSettings;

    static StreamSettings streamSettings() {
        return new StreamSettings(MAX_STREAMS, Duration.ofMillis(300), Duration.ofMinutes(5));
    }

    @Autowired
    EventStreams streams;

    @Autowired
    EventLog eventLog;

    private final List<EventReader> readers = new ArrayList<>();

    @AfterEach
    void closeReaders() throws Exception {
        for (EventReader reader : readers) {
            reader.close();
        }
    }

    @Test
    void streamsTheSameItemsAsTheListForOneOrAllListeners() throws Exception {
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
    void aReconnectingReaderMissesNothing() throws Exception {
        int port = createTcp();
        for (String path : List.of(EVENTS, ALL)) {
            EventReader first = follow(path, null);
            exchange(port);
            Item accepted = first.event();
            assertThat(accepted.type()).isEqualTo("accepted");
            first.close();
            exchange(port);
            EventReader again = follow(path, accepted.id());
            List<String> types = List.of(
                    again.event().type(), again.event().type(), again.event().type());
            assertThat(types).containsExactlyInAnyOrder("closed", "accepted", "closed");
        }
    }

    @Test
    void aRepeatedEventIsSentAgainWithANewIdAndReplacesTheEarlierOne() throws Exception {
        int port = createTcp();
        for (String path : List.of(EVENTS, ALL)) {
            EventReader reader = follow(path, null);
            probe(port);
            Item one = reader.event();
            probe(port);
            Item two = reader.event();
            assertThat(two.type()).isEqualTo("closed");
            assertThat(two.json().get("reason").stringValue()).isEqualTo("probe");
            assertThat(two.json().get("firstId")).isEqualTo(one.json().get("firstId"));
            assertThat(two.json().get("count").intValue())
                    .isEqualTo(one.json().get("count").intValue() + 1);
            assertThat(two.id()).isGreaterThan(one.id());
            assertThat(follow(path, one.id()).event()).isEqualTo(two);
            assertThat(get(path).at("/items/0")).isEqualTo(two.json());
        }
        String listening = get(EVENTS).at("/items/1/id").stringValue();
        assertThat(follow(EVENTS, listening).event().json().get("count").intValue())
                .as("neither a gap nor an earlier state")
                .isEqualTo(4);
    }

    private static void probe(int port) throws IOException {
        new Socket("127.0.0.1", port).close();
    }

    @Test
    void reportsAGapIfALaterEventWasEvicted() throws Exception {
        int port = createTcp();
        String first = get(EVENTS).at("/items/1/id").stringValue();
        String second = get(EVENTS).at("/items/0/id").stringValue();
        EventReader noGap = follow(EVENTS, first);
        assertThat(noGap.event().id()).isEqualTo(second);
        noGap.close();
        churn(port, 200);
        // The id of an earlier start, an id not assigned yet, and the id of an event after which others were evicted.
        for (String last : List.of("5", "999999999999999999", first)) {
            await().untilAsserted(() -> {
                EventReader reader = follow(EVENTS, last);
                Item gap = reader.event();
                assertThat(gap.type()).isEqualTo("gap");
                assertThat(gap.id()).isNull();
                assertThat(gap.json().get("missed").isNull()).isTrue();
                assertThat(reader.event().id()).isEqualTo(last.equals(first) ? second : first);
            });
        }
        assertThat(follow(ALL, "5").event().type()).isEqualTo("gap");
        EventReader held = follow(EVENTS, get(EVENTS).at("/items/9/id").stringValue());
        assertThat(held.event().id()).isEqualTo(get(EVENTS).at("/items/8/id").stringValue());
    }

    @Test
    void sendsHeartbeatsWhileIdle() throws Exception {
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
    void rejectsInvalidRequests() throws Exception {
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
    void limitsTheNumberOfOpenStreams() throws Exception {
        createTcp();
        await().untilAsserted(() -> {
            while (readers.size() < MAX_STREAMS) {
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
        // Closed connections are detected by a heartbeat.
        await().untilAsserted(() -> follow(ALL, null));
    }

    @Test
    void aFailingStreamIsAbortedAndTheOthersContinue() throws Exception {
        createTcp();
        EventReader reader = follow(EVENTS, null);
        FailingCall failing = new FailingCall();
        streams.open(failing.request, failing.response, this::all);
        await().until(() -> failing.aborts.get() == 1);
        post(LISTENER + "/stop");
        assertThat(reader.event().type()).isEqualTo("stopped");
        post(LISTENER + "/start");
        assertThat(reader.event().type()).isEqualTo("bound");
        assertThat(failing.aborts).hasValue(1);
    }

    @Test
    void aStreamFailingDuringShutdownLeavesNoOtherOpen() throws Exception {
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
        assertThat(calls).allSatisfy(call -> assertThat(call.aborts).hasValue(1));
    }

    @Test
    void releasesTheSubscriptionOfAStreamThatFailedToStart() throws Exception {
        int port = createTcp();
        for (int i = 0; i < 2 * MAX_STREAMS; i++) {
            FailingCall failing = new FailingCall();
            failing.begins = false;
            assertThatThrownBy(() -> streams.open(
                            failing.request,
                            failing.response,
                            () -> source(eventLog.follow("e").orElseThrow())))
                    .hasMessage("recycled");
        }
        churn(port, 200);
        await().until(() -> get(LISTENER).at("/status/closed/client").intValue() == 200);
        assertThat(get(EVENTS + "?limit=1000").at("/items").size()).isEqualTo(256);
        follow(EVENTS, null);
    }

    private StreamSource all() {
        return source(eventLog.follow());
    }

    private static StreamSource source(EventSubscription events) {
        return new FollowedEvents(events, new EventText(JsonMapper.shared()));
    }

    /** A request that Tomcat has already recycled: every method throws. */
    private static final class FailingCall {

        private final AtomicInteger aborts = new AtomicInteger();
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
            Runnable abort = () -> {
                aborts.incrementAndGet();
                throw new IllegalStateException("recycled");
            };
            request.setAttribute(ConnectionAbort.class.getName(), abort);
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
    void readersThatDoNotReadDelayNobody() throws Exception {
        int port = createTcp();
        List<EventReader> stalled = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            stalled.add(follow(EVENTS, null, 4 * 1024));
        }
        EventReader healthy = follow(EVENTS, null);
        AtomicInteger lastPort = new AtomicInteger();
        Thread events = new Thread(() -> {
            churn(port, 4_000);
            exchange(port, lastPort::set);
        });
        events.start();
        long read = 0;
        Item item = healthy.event();
        while (lastPort.get() == 0 || !item.data().contains("\"remotePort\":" + lastPort + ",")) {
            read += item.type().equals("gap") ? 0 : 1;
            item = healthy.event();
        }
        assertThat(read).as("by a reader that reads").isGreaterThan(100);
        assertThat(get(LISTENER).status()).isEqualTo(200);
        assertReportsMissedEvents(stalled.get(0));
        // Ends the stream of the reader that reads; no thread waits for the others.
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

    private static void assertReportsMissedEvents(EventReader stalled) throws IOException {
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

    /** Requests a stream that is rejected. */
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

    private static void exchange(int port) {
        exchange(port, clientPort -> {});
    }

    /** A connection with a byte in each direction. */
    private static void exchange(int port, IntConsumer clientPort) {
        try (Socket client = new Socket("127.0.0.1", port)) {
            clientPort.accept(client.getLocalPort());
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void churn(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            exchange(port);
        }
    }
}
