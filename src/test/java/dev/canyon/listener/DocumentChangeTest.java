package dev.canyon.listener;

import static dev.canyon.listener.TestListeners.port;
import static dev.canyon.listener.TestListeners.tcp;
import static dev.canyon.listener.TestListeners.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.listener.Applied.Result;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.listener.ListenerState.Stopped;
import dev.canyon.transport.TcpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentChangeTest {

    private final TestListeners room = new TestListeners();
    private final Listeners listeners = room.listeners;

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
    void withoutPruneNothingGoes() {
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
    void aPortThatADeletedListenerFreesCanBeHadByANewOne() throws IOException {
        int port = port(listeners.create(tcp("a", FreePorts.next())));
        assertThat(results(listeners.apply(List.of(tcp("b", port)), true))).containsExactly("b created", "a deleted");
        assertThat(port(view("b"))).isEqualTo(port);
    }

    @Test
    void aListenerOnAPortThatTheSystemChoseKeepsItOnAnotherSocket() {
        int port = port(listeners.create(tcp("a", 0)));
        TcpSettings defaults = TcpSettings.defaults();
        TcpSettings changed =
                new TcpSettings(5, true, false, defaults.idleTimeout(), defaults.writeStallTimeout(), 0, 0);
        listeners.apply(List.of(TestListeners.definition("a", 0, changed)), false);
        assertThat(port(view("a"))).isEqualTo(port);
        assertThat(((Running) view("a").state()).endpoint().backlog()).isEqualTo(5);
    }

    @Test
    void aPortThatCannotBeBoundConcernsItsListenerAlone() throws IOException {
        ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        listeners.create(tcp("moves", 0));
        List<Applied> applied = listeners.apply(
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
    void aDocumentThatContradictsItselfOrAListenerThatStaysTouchesNothing() throws IOException {
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
    void documentsAndSingleChangesAtOnceEndInOneOfThem() throws Exception {
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
                name, definition.endpoint(), true, description, definition.labels(), definition.drainTimeout());
    }

    private ListenerSnapshot view(String name) {
        return room.directory.find(name).orElseThrow();
    }

    private static List<String> results(List<Applied> applied) {
        return applied.stream().map(each -> each.name() + " " + each.result()).toList();
    }
}
