package dev.canyon.listener;

import static dev.canyon.listener.TestListeners.port;
import static dev.canyon.listener.TestListeners.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Draining;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.directory.ListenerState.Starting;
import dev.canyon.listener.directory.ListenerState.Stopped;
import dev.canyon.listener.endpoint.HostLookup;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that meet on one listener, or that are slow. */
@Timeout(60)
class ConcurrentChangesTest {

    private static final OptionalLong ANY_VERSION = OptionalLong.empty();

    @Test
    void aNameBecomesFreeOnlyWhenItsBeansAreWithdrawn() throws Exception {
        CountDownLatch retiring = new CountDownLatch(1);
        CountDownLatch retire = new CountDownLatch(1);
        try (TestListeners room = TestListeners.publishingBy(beans -> new ListenerBeans() {
            @Override
            public void publish(String name, Listeners listeners) {
                beans.publish(name, listeners);
            }

            @Override
            public void retire(String name) {
                retiring.countDown();
                awaitUninterrupted(retire);
                beans.retire(name);
            }

            @Override
            public void unregisterAll() {
                beans.unregisterAll();
            }
        })) {
            room.listeners.create(tcp("a", 0));
            CompletableFuture<ListenerSnapshot> deleted =
                    CompletableFuture.supplyAsync(() -> room.listeners.delete("a", ANY_VERSION));
            assertThat(retiring.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> room.listeners.create(tcp("a", 0))).isInstanceOf(ListenerExistsException.class);
            CompletableFuture<ListenerSnapshot> changed = room.listeners.async().change(tcp("a", 0), ANY_VERSION);
            retire.countDown();
            deleted.join();
            assertThatThrownBy(changed::join).hasCauseInstanceOf(ListenerNotFoundException.class);
            assertThat(room.listeners.create(tcp("a", 0)).state()).isInstanceOf(Running.class);
        }
    }

    @Test
    void aListenerThatIsBusyWhileTheOthersAreOpenedIsOpenedAfterwards() {
        try (TestListeners room = new TestListeners()) {
            room.listeners.declare(tcp("busy", 0));
            room.listeners.declare(tcp("free", 0));
            CompletableFuture<Void> other = new CompletableFuture<>();
            room.directory.require("busy").change(() -> other);

            room.listeners.openEnabled();

            assertThat(view(room, "free").state()).isInstanceOf(Running.class);
            assertThat(view(room, "busy").state()).isInstanceOf(Stopped.class);
            other.complete(null);
            await().untilAsserted(() -> assertThat(view(room, "busy").state()).isInstanceOf(Running.class));
        }
    }

    @Test
    void oneSlowHostNameDelaysNoOtherRetryAndNoStop() throws Exception {
        AtomicBoolean slow = new AtomicBoolean();
        CountDownLatch answered = new CountDownLatch(1);
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        AtomicBoolean known = new AtomicBoolean();
        HostLookup hosts = new HostLookup(host -> {
            if (host.equals("slow.test") && slow.get()) {
                awaitUninterrupted(answered);
            }
            if (host.endsWith(".test") && !known.get()) {
                throw new BindFailedException(BindFailure.ADDRESS_UNAVAILABLE, host + " is not known", null);
            }
            return loopback;
        });
        try (TestListeners room = TestListeners.resolvingBy(hosts)) {
            ServerSocket holder = new ServerSocket(0, 1, loopback);
            for (int i = 0; i < 100; i++) {
                room.listeners.declare(TestListeners.definition("slow-" + i, "slow.test", 0, TcpSettings.defaults()));
            }
            room.listeners.declare(TestListeners.definition("named", "other.test", 0, TcpSettings.defaults()));
            room.listeners.declare(tcp("literal", holder.getLocalPort()));
            room.listeners.openEnabled();
            assertThat(room.directory.all()).allMatch(listener -> listener.state() instanceof Failed);

            slow.set(true);
            known.set(true);
            holder.close();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> view(room, "literal").state() instanceof Running
                            && view(room, "named").state() instanceof Running);
            assertThat(room.listeners.stop("slow-0").state()).isInstanceOf(Stopped.class);
            assertThat(view(room, "slow-1").state()).isInstanceOf(Failed.class);
            answered.countDown();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> view(room, "slow-1").state() instanceof Running);
            assertThat(view(room, "slow-0").state()).isInstanceOf(Stopped.class);
        } finally {
            answered.countDown();
        }
    }

    @Test
    void operationsQueueBehindADrainWithoutAThreadAndConnectionsCanStillBeClosed() throws Exception {
        try (TestListeners room = new TestListeners();
                Chatter client = new Chatter(port(room.listeners.create(patient("a"))))) {
            CompletableFuture<ListenerSnapshot> stopped = room.listeners.async().stop("a");
            CompletableFuture<ListenerSnapshot> started = room.listeners.async().start("a");
            CompletableFuture<List<ApplyResult>> applied =
                    room.listeners.async().apply(List.of(patient("a"), tcp("b", 0)), false);
            assertThat(stopped).isNotDone();
            assertThat(view(room, "a").state()).isInstanceOf(Draining.class);
            assertThat(view(room, "a").definition().enabled()).isFalse();
            assertThat(started).isNotDone();
            assertThat(applied).isNotDone();
            // Other listeners are not affected.
            room.listeners.create(tcp("c", 0));

            long id = room.directory.peers("a", 0, 1).get(0).id();
            room.listeners.closeConnection("a", id, CloseMode.RESET);

            assertThat(stopped.get(10, TimeUnit.SECONDS).state()).isInstanceOf(Stopped.class);
            assertThat(started.get(10, TimeUnit.SECONDS).state()).isInstanceOf(Running.class);
            assertThat(applied.get(10, TimeUnit.SECONDS).stream().map(ApplyResult::name))
                    .containsExactly("a", "b");
            assertThat(client.sent()).isPositive();
        }
    }

    @Test
    void aDocumentOpensItsListenersWhileTheOthersDrain() throws Exception {
        try (TestListeners room = new TestListeners();
                Chatter client = new Chatter(port(room.listeners.create(patient("a"))))) {
            int port = port(view(room, "a"));
            CompletableFuture<List<ApplyResult>> applied =
                    room.listeners.async().apply(List.of(tcp("b", port)), true);
            await().until(() -> view(room, "b").state() instanceof Running);
            assertThat(view(room, "a").state()).isInstanceOf(Draining.class);
            assertThat(applied).isNotDone();
            assertThatThrownBy(() -> room.listeners.create(tcp("a", 0))).isInstanceOf(ListenerExistsException.class);
            client.close();
            assertThat(applied.get(10, TimeUnit.SECONDS)).hasSize(2);
            assertThat(room.directory.find("a")).isEmpty();
        }
    }

    @Test
    void aRestartDrainsBeforeItOpensTheSamePortAgain() throws Exception {
        int port = FreePorts.next();
        try (TestListeners room = new TestListeners()) {
            room.listeners.create(patient("a", port));
            try (Chatter client = new Chatter(port)) {
                CompletableFuture<ListenerSnapshot> restarted =
                        room.listeners.async().restart("a");
                assertThat(view(room, "a").state()).isInstanceOf(Draining.class);
                assertThat(restarted).isNotDone();
                client.close();
                assertThat(port(restarted.get(10, TimeUnit.SECONDS))).isEqualTo(port);
            }
            assertThat(view(room, "a").state()).isNotInstanceOf(Starting.class);
        }
    }

    /** A client that keeps sending and reading, so that a drain lasts until it ends or the drain timeout is over. */
    static final class Chatter implements AutoCloseable {

        private final Socket socket;
        private final Thread thread;
        private final AtomicLong sent = new AtomicLong();

        Chatter(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.getOutputStream().write(1);
            assertThat(socket.getInputStream().read()).isEqualTo(1);
            thread = new Thread(this::chat);
            thread.setDaemon(true);
            thread.start();
        }

        private void chat() {
            byte[] message = new byte[8];
            try {
                while (!socket.isClosed()) {
                    socket.getOutputStream().write(message);
                    if (socket.getInputStream().readNBytes(message.length).length < message.length) {
                        return;
                    }
                    sent.incrementAndGet();
                    Thread.sleep(2);
                }
            } catch (IOException ex) {
                // Closed, by either side.
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }

        long sent() {
            return sent.get();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static ListenerDefinition patient(String name) {
        return patient(name, 0);
    }

    private static ListenerDefinition patient(String name, int port) {
        return new ListenerDefinition(
                name, tcp(name, port).endpoint(), true, "", Map.of(), Duration.ofMinutes(10), List.of());
    }

    private static ListenerSnapshot view(TestListeners room, String name) {
        return room.directory.find(name).orElseThrow();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
