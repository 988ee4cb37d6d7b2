package dev.canyon.listener;

import static dev.canyon.listener.TestListeners.port;
import static dev.canyon.listener.TestListeners.tcp;
import static dev.canyon.listener.TestListeners.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.listener.ApplyResult.Result;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Draining;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.directory.ListenerState.Stopped;
import dev.canyon.listener.endpoint.EndpointTakenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentChangeTest {

    private final TestListeners room = new TestListeners();
    private final BlockingListeners listeners = room.listeners;

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void createsUpdatesKeepsAndPrunes() {
        listeners.create(tcp("kept", 0));
        listeners.create(tcp("changed", 0));
        listeners.create(tcp("gone", 0));
        long version = view("kept").version();
        List<ListenerDefinition> document =
                List.of(udp("new", 0), tcp("changed", 0).enabled(false), tcp("kept", 0));
        assertThat(results(listeners.plan(document, true)))
                .containsExactly("new created", "changed updated", "kept unchanged", "gone deleted");
        assertThat(room.directory.find("new")).isEmpty();
        assertThat(view("changed").state()).isInstanceOf(Running.class);

        assertThat(results(listeners.apply(document, true)))
                .containsExactly("new created", "changed updated", "kept unchanged", "gone deleted");
        assertThat(view("new").state()).isInstanceOf(Running.class);
        assertThat(view("changed").state()).isInstanceOf(Stopped.class);
        assertThat(view("kept").version()).isEqualTo(version);
        assertThat(room.directory.find("gone")).isEmpty();
        assertThat(room.context.containsBean("listener:gone")).isFalse();
        assertThat(room.context.containsBean("listener:new")).isTrue();
        assertThat(room.store.kept.keySet()).containsExactlyInAnyOrder("new", "changed", "kept");
        assertThat(listeners.apply(document, true)).allMatch(applied -> applied.result() == Result.UNCHANGED);
        listeners.create(tcp("gone", 0));
    }

    @Test
    void deletesNothingWithoutPrune() {
        listeners.create(tcp("a", 0));
        listeners.apply(List.of(tcp("b", 0)), false);
        assertThat(room.directory.all()).hasSize(2);
    }

    @Test
    void listenersCanSwapTheirPorts() throws IOException {
        int one = port(listeners.create(tcp("a", FreePorts.next())));
        int two = port(listeners.create(tcp("b", FreePorts.next())));
        assertThat(results(listeners.apply(List.of(tcp("a", two), tcp("b", one)), false)))
                .containsExactly("a updated", "b updated");
        assertThat(port(view("a"))).isEqualTo(two);
        assertThat(port(view("b"))).isEqualTo(one);
    }

    @Test
    void aNewListenerCanTakeThePortOfADeletedOne() throws IOException {
        int port = port(listeners.create(tcp("a", FreePorts.next())));
        assertThat(results(listeners.apply(List.of(tcp("b", port)), true))).containsExactly("b created", "a deleted");
        assertThat(port(view("b"))).isEqualTo(port);
    }

    @Test
    void keepsASystemChosenPortAcrossANewSocket() {
        int port = port(listeners.create(tcp("a", 0)));
        TcpSettings changed = TcpSettings.with(Map.of("backlog", 5, "maxConnections", 0));
        listeners.apply(List.of(TestListeners.definition("a", 0, changed)), false);
        assertThat(port(view("a"))).isEqualTo(port);
        assertThat(((Running) view("a").state()).endpoint().backlog()).isEqualTo(5);
    }

    @Test
    void aPortThatCannotBeBoundAffectsOnlyItsListener() throws IOException {
        ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        listeners.create(tcp("moves", 0));
        List<ApplyResult> applied = listeners.apply(
                List.of(
                        tcp("taken", holder.getLocalPort()),
                        tcp("fine", 0),
                        TestListeners.definition("moves", "no-such-host.invalid", 0, TcpSettings.defaults())),
                false);
        assertThat(results(applied)).containsExactly("taken failed", "fine created", "moves failed");
        assertThat(applied.get(0).failure()).isNotNull();
        assertThat(view("fine").state()).isInstanceOf(Running.class);
        assertThat(view("moves").state()).isInstanceOf(Failed.class);
        assertThat(room.store.kept).hasSize(3);
        holder.close();
        await().atMost(Duration.ofSeconds(10)).until(() -> view("taken").state() instanceof Running);
    }

    @Test
    void aConflictingDocumentChangesNothing() throws IOException {
        int port = port(listeners.create(tcp("stays", FreePorts.next())));
        listeners.declare(tcp("declared", 0));
        int other = FreePorts.next();
        assertThatThrownBy(() -> listeners.apply(List.of(tcp("a", other), tcp("b", other)), false))
                .isInstanceOf(EndpointTakenException.class);
        assertThatThrownBy(() -> listeners.plan(List.of(tcp("a", other), tcp("b", other)), false))
                .isInstanceOf(EndpointTakenException.class);
        assertThatThrownBy(() -> listeners.apply(List.of(tcp("a", other), tcp("b", port)), false))
                .isInstanceOfSatisfying(
                        EndpointTakenException.class,
                        ex -> assertThat(ex.holder()).isEqualTo("stays"));
        assertThatThrownBy(() -> listeners.apply(List.of(tcp("a", other), tcp("declared", 1)), false))
                .isInstanceOf(ListenerReadOnlyException.class);
        assertThat(room.directory.all().map(ListenerSnapshot::name)).containsExactly("declared", "stays");
        assertThat(results(listeners.apply(List.of(tcp("declared", 0), tcp("a", other)), true)))
                .containsExactly("declared unchanged", "a created", "stays deleted");
    }

    @Test
    void aListenerThatDrainsHoldsUpNoOtherOfTheDocument() throws Exception {
        ListenerDefinition slow = tcp("slow", 0);
        ListenerDefinition patient = new ListenerDefinition(
                "slow", slow.endpoint(), true, "", slow.labels(), Duration.ofSeconds(60), List.of());
        int port = port(listeners.create(patient));
        listeners.create(tcp("quick", 0));
        listeners.create(tcp("gone", 0).enabled(false));
        ExecutorService client = Executors.newSingleThreadExecutor();
        CompletableFuture<List<ApplyResult>> applied;
        try (Socket socket = new Socket("127.0.0.1", port);
                ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            socket.getOutputStream().write(1);
            assertThat(socket.getInputStream().read()).isEqualTo(1);
            client.submit(() -> {
                // Data in both directions keeps the drain going.
                while (true) {
                    socket.getOutputStream().write(1);
                    socket.getInputStream().read();
                    Thread.sleep(2);
                }
            });
            applied = listeners.async().apply(List.of(described("quick", "changed")), true);
            await().until(() -> room.directory.find("gone").isEmpty());
            assertThat(view("slow").state()).isInstanceOf(Draining.class);
            assertThat(listeners.apply(List.of(tcp("quick", holder.getLocalPort())), false))
                    .extracting(ApplyResult::result)
                    .containsExactly(Result.FAILED);
            assertThat(applied).isNotDone();
        } finally {
            client.shutdownNow();
        }
        assertThat(results(applied.get(20, TimeUnit.SECONDS)))
                .as("the result of the document, not what followed")
                .containsExactly("quick updated", "gone deleted", "slow deleted");
    }

    @Test
    void aFailureToForgetOneListenerKeepsNoOther() {
        try (TestListeners failing = TestListeners.publishingBy(beans -> new ListenerBeans() {
            @Override
            public void publish(String name, Listeners publishing) {
                beans.publish(name, publishing);
            }

            @Override
            public void retire(String name) {
                beans.retire(name);
                if (name.equals("a")) {
                    throw new IllegalStateException("not retired");
                }
            }

            @Override
            public void unregisterAll() {
                beans.unregisterAll();
            }
        })) {
            failing.listeners.create(tcp("a", 0));
            failing.listeners.create(tcp("b", 0));
            assertThatThrownBy(() -> failing.listeners.apply(List.of(), true)).hasMessage("not retired");
            assertThat(failing.directory.find("b")).isEmpty();
        }
    }

    @Test
    void concurrentDocumentsAndSingleChangesAreSerialized() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String label = "v" + i;
            calls.add(threads.submit(() -> {
                if (label.hashCode() % 2 == 0) {
                    listeners.apply(List.of(described("a", label), described("b", label)), true);
                } else {
                    createOrDelete(label);
                }
            }));
        }
        for (Future<?> call : calls) {
            call.get();
        }
        threads.shutdown();
        listeners.apply(List.of(described("a", "end"), described("b", "end")), true);
        assertThat(room.directory.all().map(listener -> listener.definition().description()))
                .containsExactly("end", "end");
        assertThat(room.directory.all()).allMatch(listener -> listener.state() instanceof Running);
        assertThat(room.store.kept.keySet()).containsExactlyInAnyOrder("a", "b");
    }

    private void createOrDelete(String description) {
        try {
            listeners.create(described("a", description));
        } catch (ListenerExistsException ex) {
            try {
                listeners.delete("a", OptionalLong.empty());
            } catch (ListenerNotFoundException gone) {
                assertThat(gone).hasMessageContaining("a");
            }
        }
    }

    private static ListenerDefinition described(String name, String description) {
        ListenerDefinition definition = tcp(name, 0);
        return new ListenerDefinition(
                name,
                definition.endpoint(),
                true,
                description,
                definition.labels(),
                definition.drainTimeout(),
                List.of());
    }

    private ListenerSnapshot view(String name) {
        return room.directory.find(name).orElseThrow();
    }

    private static List<String> results(List<ApplyResult> applied) {
        return applied.stream().map(each -> each.name() + " " + each.result()).toList();
    }
}
