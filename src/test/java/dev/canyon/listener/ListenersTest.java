package dev.canyon.listener;

import static dev.canyon.listener.TestListeners.port;
import static dev.canyon.listener.TestListeners.tcp;
import static dev.canyon.listener.TestListeners.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.definition.VersionedDefinition;
import dev.canyon.engine.TcpClient;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.directory.ListenerState.Stopped;
import dev.canyon.listener.directory.Origin;
import dev.canyon.listener.endpoint.EndpointTakenException;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ListenersTest {

    private static final OptionalLong ANY_VERSION = OptionalLong.empty();

    private final TestListeners room = new TestListeners();
    private final BlockingListeners listeners = room.listeners;

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void acceptsClientsOnceCreated() throws IOException {
        ListenerSnapshot created = listeners.create(tcp("a", 0));
        assertThat(echo(port(created), 65)).isEqualTo(65);
        assertThat(created.definition().endpoint().address().port()).isZero();
        assertThat(room.directory.find("a")).isPresent();
    }

    @Test
    void rejectsADuplicateName() {
        listeners.create(tcp("a", 0));
        assertThatThrownBy(() -> listeners.create(udp("a", 0))).isInstanceOf(ListenerExistsException.class);
        assertThat(room.directory.all()).hasSize(1);
    }

    @Test
    void aFailedCreateLeavesNothingBehind() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> listeners.create(tcp("a", holder.getLocalPort())))
                    .isInstanceOf(BindFailedException.class);
        }
        assertThat(room.directory.all()).isEmpty();
        assertThat(room.context.containsBean("listener:a")).isFalse();
        listeners.create(tcp("a", 0));
    }

    @Test
    void aRestoreThatIsRepeatedAfterAFailureReportsNoDeclaration(CapturedOutput output) {
        AtomicBoolean failed = new AtomicBoolean();
        try (TestListeners halfWay = TestListeners.publishingBy(beans -> new ListenerBeans() {
            @Override
            public void publish(String name, Listeners publishing) {
                beans.publish(name, publishing);
                if (failed.compareAndSet(false, true)) {
                    throw new IllegalStateException("no bean");
                }
            }

            @Override
            public void retire(String name) {
                beans.retire(name);
            }

            @Override
            public void unregisterAll() {
                beans.unregisterAll();
            }
        })) {
            halfWay.store.save(new VersionedDefinition(tcp("b", 0), 1));
            assertThatThrownBy(halfWay.listeners::restore).hasMessage("no bean");
            halfWay.listeners.restore();
            assertThat(halfWay.directory.all()).hasSize(1);
            assertThat(output).doesNotContain("both stored and declared");

            halfWay.store.save(new VersionedDefinition(tcp("declared", 0), 2));
            halfWay.listeners.declare(tcp("declared", 0));
            halfWay.listeners.restore();
            assertThat(output).contains("'declared' is both stored and declared");
        }
    }

    @Test
    void startAndStopAreIdempotent() {
        listeners.create(tcp("a", 0));
        long version = listeners.stop("a").version();
        ListenerSnapshot stopped = listeners.stop("a");
        assertThat(stopped.state()).isInstanceOf(Stopped.class);
        assertThat(stopped.version()).isEqualTo(version);
        assertThat(stopped.definition().enabled()).isFalse();
        long startedAt = listeners.start("a").version();
        ListenerSnapshot started = listeners.start("a");
        assertThat(started.state()).isInstanceOf(Running.class);
        assertThat(started.version()).isEqualTo(startedAt).isGreaterThan(version);
    }

    @Test
    void concurrentStartsAndStopsLeaveAConsistentState() throws Exception {
        listeners.create(tcp("a", 0));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<ListenerSnapshot>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = "a";
            Callable<ListenerSnapshot> call = switch (i % 4) {
                case 0 -> () -> listeners.start(name);
                case 1 -> () -> listeners.stop(name);
                case 2 -> () -> listeners.restart(name);
                default -> () -> listeners.resetCounters(name);
            };
            calls.add(threads.submit(call));
        }
        for (Future<ListenerSnapshot> call : calls) {
            call.get();
        }
        threads.shutdown();
        int port = port(listeners.start("a"));
        assertThat(echo(port, 1)).isEqualTo(1);
        listeners.stop("a");
        TcpClient.awaitRefused(new InetSocketAddress("127.0.0.1", port));
    }

    @Test
    void onlyOneOfManyConcurrentCreatesGetsTheEndpoint() throws Exception {
        int free = port(listeners.create(tcp("probe", 0)));
        listeners.delete("probe", ANY_VERSION);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String name = "c" + i;
            calls.add(threads.submit(() -> {
                try {
                    listeners.create(tcp(name, free));
                    return true;
                } catch (EndpointTakenException ex) {
                    return false;
                }
            }));
        }
        int won = 0;
        for (Future<Boolean> call : calls) {
            won += call.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(won).isEqualTo(1);
        assertThat(room.directory.all()).hasSize(1);
    }

    @Test
    void onlyStoppedListenersMayShareAnEndpoint() throws IOException {
        int port = port(listeners.create(tcp("a", FreePorts.next())));
        assertThatThrownBy(() -> listeners.create(tcp("b", port)))
                .isInstanceOfSatisfying(
                        EndpointTakenException.class,
                        ex -> assertThat(ex.holder()).isEqualTo("a"));
        assertThatThrownBy(
                        () -> listeners.create(TestListeners.definition("b", "0.0.0.0", port, TcpSettings.defaults())))
                .isInstanceOf(EndpointTakenException.class);
        listeners.create(udp("b", port));
        listeners.stop("a");
        listeners.create(tcp("c", port));
        assertThatThrownBy(() -> listeners.start("a")).isInstanceOf(EndpointTakenException.class);
        assertThat(room.directory.find("a").orElseThrow().state()).isInstanceOf(Stopped.class);
        listeners.delete("c", ANY_VERSION);
        assertThat(port(listeners.start("a"))).isEqualTo(port);
    }

    @Test
    void appliesLimitsLiveAndOpensANewSocketForAnotherPort() throws IOException {
        int port = port(listeners.create(tcp("a", 0)));
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
            ListenerSnapshot changed = listeners.change(withMaxConnections(tcp("a", 0), 1), ANY_VERSION);
            assertThat(port(changed)).isEqualTo(port);
            client.getOutputStream().write(8);
            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
        int free = FreePorts.next();
        ListenerSnapshot moved = listeners.change(tcp("a", free), ANY_VERSION);
        assertThat(port(moved)).isEqualTo(free);
        assertThat(echo(free, 9)).isEqualTo(9);
        TcpClient.awaitRefused(new InetSocketAddress("127.0.0.1", port));
        await().untilAsserted(() -> assertThat(room.directory
                        .find("a")
                        .orElseThrow()
                        .counters()
                        .connections()
                        .active())
                .isZero());
    }

    @Test
    void keepsServingOnTheOldPortIfTheNewOneCannotBeBound() throws IOException {
        ListenerSnapshot created = listeners.create(tcp("a", 0));
        int port = port(created);
        long version = created.version();
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> listeners.change(tcp("a", holder.getLocalPort()), ANY_VERSION))
                    .isInstanceOf(BindFailedException.class);
        }
        ListenerSnapshot after = room.directory.find("a").orElseThrow();
        assertThat(after.version()).isEqualTo(version);
        assertThat(port(after)).isEqualTo(port);
        assertThat(echo(port, 5)).isEqualTo(5);
        // The wildcard includes the port it has, so the old socket has to go first; the new one fails, the old one is
        // back.
        try (ServerSocket holder = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.9"))) {
            assertThatThrownBy(() -> listeners.change(
                            TestListeners.definition("a", "0.0.0.0", port, TcpSettings.defaults()), ANY_VERSION))
                    .isInstanceOf(BindFailedException.class);
            assertThat(holder.isBound()).isTrue();
        }
        assertThat(port(room.directory.find("a").orElseThrow())).isEqualTo(port);
        assertThat(echo(port, 6)).isEqualTo(6);
    }

    @Test
    void changesBacklogAndProtocolOnTheSamePort() throws IOException {
        int port = FreePorts.next();
        listeners.create(tcp("a", port));
        TcpSettings shortBacklog = TcpSettings.with(Map.of("backlog", 1, "maxConnections", 0));
        ListenerSnapshot changed = listeners.change(TestListeners.definition("a", port, shortBacklog), ANY_VERSION);
        assertThat(((Running) changed.state()).endpoint().backlog()).isEqualTo(1);
        assertThat(echo(port, 3)).isEqualTo(3);
        assertThat(port(listeners.change(udp("a", port), ANY_VERSION))).isEqualTo(port);
        TcpClient.awaitRefused(new InetSocketAddress("127.0.0.1", port));
    }

    @Test
    void aStaleVersionChangesNothing() {
        OptionalLong first = OptionalLong.of(listeners.create(tcp("a", 0)).version());
        long second =
                listeners.change(withMaxConnections(tcp("a", 0), 1), first).version();
        assertThatThrownBy(() -> listeners.change(withMaxConnections(tcp("a", 0), 2), first))
                .isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> listeners.delete("a", first)).isInstanceOf(StaleVersionException.class);
        assertThat(room.directory.find("a").orElseThrow().version()).isEqualTo(second);
        listeners.delete("a", OptionalLong.of(second));
        listeners.create(tcp("a", 0));
        assertThatThrownBy(() -> listeners.delete("a", OptionalLong.of(second)))
                .isInstanceOf(StaleVersionException.class);
    }

    @Test
    void aRefusedStartOrChangeOfAStoppedListenerChangesNothing() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int taken = holder.getLocalPort();
            long version = listeners.create(tcp("a", taken).enabled(false)).version();
            assertThatThrownBy(() -> listeners.start("a")).isInstanceOf(BindFailedException.class);
            assertThatThrownBy(() -> listeners.change(tcp("a", taken), ANY_VERSION))
                    .isInstanceOf(BindFailedException.class);
            assertThatThrownBy(() -> listeners.restart("a")).isInstanceOf(BindFailedException.class);
            ListenerSnapshot after = room.directory.find("a").orElseThrow();
            assertThat(after.version()).isEqualTo(version);
            assertThat(after.state()).isInstanceOf(Stopped.class);
            assertThat(after.definition().enabled()).isFalse();
            // It claims nothing that it does not have.
            assertThatThrownBy(() -> listeners.create(tcp("b", taken))).isInstanceOf(BindFailedException.class);
        }
    }

    @Test
    void aFailedListenerIsStillRetriedAfterAFailedRestart() throws IOException {
        ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        declare(tcp("a", holder.getLocalPort()));
        assertThatThrownBy(() -> listeners.restart("a")).isInstanceOf(BindFailedException.class);
        assertThat(room.directory.find("a").orElseThrow().state()).isInstanceOf(Failed.class);
        holder.close();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> room.directory.find("a").orElseThrow().state() instanceof Running);
    }

    @Test
    void aFailedListenerKeepsItsClaim() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            declare(tcp("a", holder.getLocalPort()));
            assertThatThrownBy(() -> listeners.create(tcp("b", holder.getLocalPort())))
                    .isInstanceOf(EndpointTakenException.class);
        }
    }

    @Test
    void shutdownShortensALongDrain() throws Exception {
        ListenerDefinition slow = new ListenerDefinition(
                "a", tcp("a", 0).endpoint(), true, "", java.util.Map.of(), Duration.ofMinutes(10), List.of());
        int port = port(listeners.create(slow));
        try (Socket client = new Socket("127.0.0.1", port)) {
            // Never reads, so that there is always something to drain.
            client.setSoTimeout(10_000);
            Thread sender = new Thread(() -> {
                try {
                    client.getOutputStream().write(new byte[32 * 1024 * 1024]);
                } catch (IOException ex) {
                    assertThat(client.isConnected()).isTrue();
                }
            });
            sender.setDaemon(true);
            sender.start();
            await().until(() ->
                    room.directory.find("a").orElseThrow().counters().receivedBytes() > 100_000);
            Thread stopper = new Thread(() -> listeners.stop("a"));
            stopper.start();
            await().until(() -> room.directory.find("a").orElseThrow().state() instanceof ListenerState.Draining);
            listeners.drainAll(Duration.ofMillis(100));
            stopper.join(10_000);
            assertThat(stopper.isAlive()).isFalse();
        }
        assertThatThrownBy(() -> listeners.start("a")).isInstanceOf(ShuttingDownException.class);
    }

    @Test
    void aDeletedListenerIsNotFoundByLaterOperations() {
        listeners.create(tcp("a", 0));
        listeners.delete("a", ANY_VERSION);
        assertThatThrownBy(() -> listeners.start("a")).isInstanceOf(ListenerNotFoundException.class);
        assertThat(room.context.containsBean("listener:a")).isFalse();
    }

    @Test
    void retriesADeclaredListenerUntilItCanBeOpened() throws IOException {
        ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        int port = holder.getLocalPort();
        ListenerSnapshot declared = declare(tcp("a", port));
        assertThat(declared.state())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(FailureReason.PORT_IN_USE));
        assertThat(declared.definition().enabled()).isTrue();
        holder.close();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> room.directory.find("a").orElseThrow().state() instanceof Running);
        assertThat(echo(port, 1)).isEqualTo(1);
    }

    @Test
    void stoppingAFailedListenerEndsItsRetries() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            declare(tcp("a", holder.getLocalPort()));
            listeners.stop("a");
        }
        Thread.sleep(2_000);
        assertThat(room.directory.find("a").orElseThrow().state()).isInstanceOf(Stopped.class);
    }

    @Test
    void aDeclaredListenerCanOnlyBeStartedAndStopped() {
        declare(tcp("a", 0));
        assertThatThrownBy(() -> listeners.change(tcp("a", 0), ANY_VERSION))
                .isInstanceOf(ListenerReadOnlyException.class);
        assertThatThrownBy(() -> listeners.delete("a", ANY_VERSION)).isInstanceOf(ListenerReadOnlyException.class);
        assertThat(listeners.stop("a").definition().enabled()).isFalse();
        assertThat(listeners.start("a").definition().enabled()).isTrue();
    }

    @Test
    void countersSurviveStopAndStart() throws IOException {
        int port = port(listeners.create(tcp("a", 0)));
        echo(port, 1);
        listeners.stop("a");
        ListenerSnapshot started = listeners.start("a");
        assertThat(started.counters().receivedBytes()).isEqualTo(1);
        assertThat(started.counters().connections().total()).isEqualTo(1);
        assertThat(listeners.resetCounters("a").counters().receivedBytes()).isZero();
    }

    @Test
    void changesNothingIfTheStoreIsUnavailable() throws IOException {
        int port = port(listeners.create(tcp("a", 0)));
        listeners.create(tcp("off", 0).enabled(false));
        VersionedDefinition before = room.store.kept("a");
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            room.store.away = true;
            int free = FreePorts.next();
            assertUnavailable(() -> listeners.create(tcp("b", free)));
            assertUnavailable(() -> listeners.change(tcp("a", free), ANY_VERSION));
            assertUnavailable(() -> listeners.change(withBacklog(tcp("a", 0), 7), ANY_VERSION));
            assertUnavailable(() -> listeners.change(withMaxConnections(tcp("a", 0), 1), ANY_VERSION));
            assertUnavailable(() -> listeners.stop("a"));
            assertUnavailable(() -> listeners.start("off"));
            assertUnavailable(() -> listeners.delete("a", ANY_VERSION));
            assertUnavailable(() -> listeners.apply(List.of(tcp("a", 0), tcp("c", free)), true));
            TcpClient.awaitRefused(new InetSocketAddress("127.0.0.1", free));
            assertThat(room.directory.all().map(ListenerSnapshot::name)).containsExactly("a", "off");
            assertThat(room.directory.find("off").orElseThrow().state()).isInstanceOf(Stopped.class);
            ListenerSnapshot after = room.directory.find("a").orElseThrow();
            assertThat(port(after)).isEqualTo(port);
            assertThat(after.definition()).isEqualTo(before.definition());
            assertThat(after.version()).isEqualTo(before.version());
            assertThat(listeners.restart("a").state()).isInstanceOf(Running.class);
            room.store.away = false;
            listeners.create(tcp("b", free));
            assertThat(echo(free, 4)).isEqualTo(4);
        }
    }

    @Test
    void connectionsSurviveAChangeThatCannotBeStored() throws IOException {
        int port = port(listeners.create(tcp("a", FreePorts.next())));
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(5_000);
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            room.store.away = true;
            assertUnavailable(() -> listeners.change(withBacklog(tcp("a", port), 7), ANY_VERSION));
            client.getOutputStream().write(2);
            assertThat(client.getInputStream().read()).isEqualTo(2);
            assertThat(echo(port, 3)).isEqualTo(3);
        }
    }

    @Test
    void storedListenersAreRestoredWithTheirVersionsUnlessTheyAreDeclared() throws IOException {
        int port = FreePorts.next();
        room.store.save(new VersionedDefinition(tcp("stored", port), 12));
        room.store.save(new VersionedDefinition(tcp("stopped", port).enabled(false), 13));
        room.store.save(new VersionedDefinition(udp("both", port), Long.MAX_VALUE / 2));
        listeners.declare(tcp("both", 0));
        listeners.restore();
        listeners.openEnabled();
        assertThat(echo(port, 1)).isEqualTo(1);
        assertThat(room.directory.find("stored").orElseThrow().version()).isEqualTo(12);
        assertThat(room.directory.find("stopped").orElseThrow().state()).isInstanceOf(Stopped.class);
        assertThat(room.directory.find("both").orElseThrow().origin()).isEqualTo(Origin.CONFIGURATION);
        assertThat(listeners.stop("stored").version()).isGreaterThan(Long.MAX_VALUE / 2);
        assertThat(room.store.kept("both").definition()).isEqualTo(udp("both", port));
    }

    @Test
    void refusesChangesUntilStoredListenersAreLoaded() {
        try (TestListeners starting = new TestListeners(0, false)) {
            starting.listeners.declare(tcp("declared", 0));
            assertUnavailable(() -> starting.listeners.create(tcp("a", 0)));
            assertUnavailable(() -> starting.listeners.apply(List.of(), true));
            assertUnavailable(() -> starting.listeners.delete("stored", ANY_VERSION));
            assertThat(starting.listeners.start("declared").state()).isInstanceOf(Running.class);
            assertThat(starting.directory.isComplete()).isFalse();
        }
    }

    @Test
    void deleteAlsoWaitsForConnectionsOfFormerPorts() throws IOException {
        int port = port(listeners.create(tcp("a", FreePorts.next())));
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            listeners.change(withDrain(tcp("a", FreePorts.next()), Duration.ofMinutes(5)), ANY_VERSION);
            listeners.change(withDrain(tcp("a", FreePorts.next()), Duration.ZERO), ANY_VERSION);
            long total = room.directory.totals().of(Protocol.TCP).connections().total();
            assertThat(total).isEqualTo(1);
            ListenerSnapshot last = listeners.delete("a", ANY_VERSION);
            assertThat(last.counters().connections().active()).isZero();
            assertThat(room.directory.totals().of(Protocol.TCP).connections().total())
                    .isEqualTo(total);
        }
    }

    private static ListenerDefinition withDrain(ListenerDefinition definition, Duration drain) {
        return new ListenerDefinition(
                definition.name(),
                definition.endpoint(),
                definition.enabled(),
                definition.description(),
                definition.labels(),
                drain,
                List.of());
    }

    @Test
    void enforcesTheMaximumNumberOfListeners() {
        try (TestListeners small = new TestListeners(2, true)) {
            small.listeners.declare(tcp("declared", 0));
            small.listeners.create(tcp("a", 0));
            small.listeners.create(tcp("b", 0));
            assertThatThrownBy(() -> small.listeners.create(tcp("c", 0)))
                    .isInstanceOf(LimitReachedException.class)
                    .hasMessageContaining("canyon.limits.max-listeners is 2");
            assertThatThrownBy(() -> small.listeners.apply(List.of(tcp("c", 0)), false))
                    .isInstanceOf(LimitReachedException.class);
            assertThat(small.directory.all()).hasSize(3);
            small.listeners.apply(List.of(tcp("b", 0), tcp("c", 0)), true);
            small.listeners.delete("c", ANY_VERSION);
            small.listeners.create(tcp("d", 0));
        }
    }

    private static void assertUnavailable(Runnable change) {
        assertThatThrownBy(change::run).isInstanceOf(StoreUnavailableException.class);
    }

    private static ListenerDefinition withBacklog(ListenerDefinition definition, int backlog) {
        return TestListeners.definition(
                definition.name(),
                definition.endpoint().address().port(),
                TcpSettings.with(Map.of("backlog", backlog, "maxConnections", 0)));
    }

    private ListenerSnapshot declare(ListenerDefinition definition) {
        listeners.declare(definition);
        listeners.openEnabled();
        return room.directory.find(definition.name()).orElseThrow();
    }

    private static ListenerDefinition withMaxConnections(ListenerDefinition definition, int max) {
        EndpointSpec endpoint = definition.endpoint();
        return new ListenerDefinition(
                definition.name(),
                new EndpointSpec(
                        endpoint.address(),
                        endpoint.bufferBytes(),
                        endpoint.allowedSources(),
                        TcpSettings.with(Map.of("maxConnections", max))),
                definition.enabled(),
                definition.description(),
                definition.labels(),
                definition.drainTimeout(),
                List.of());
    }

    private static int echo(int port, int value) throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write(value);
            return client.getInputStream().read();
        }
    }
}
