package dev.canyon.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.FreePorts;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.listener.KernelSockets.Open;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.endpoint.EndpointTakenException;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Does this and that to a handful of listeners, and after each step compares what they say of themselves with a model, with
 * the kernel's tables and with a real echo. The seed is printed; {@code -Dcanyon.random.seed=N} repeats a run,
 * {@code -Dcanyon.random.steps=N} makes it longer.
 */
class RandomChangesTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.1", "127.0.0.2", "::1", "0.0.0.0", "::");
    private static final int PORTS = 3;
    private static final int TIMEOUT_MILLIS = 5_000;

    private final long seed = Long.getLong("canyon.random.seed", System.nanoTime());
    private final int steps = Integer.getInteger("canyon.random.steps", 300);
    private final Random random = new Random(seed);
    private final TestListeners room = new TestListeners();
    private final Map<String, Expected> model = new TreeMap<>();
    private final List<String> history = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    /** Not one that a listener could get: a datagram from such a port is taken for one of ours, and dropped. */
    private final int clientPort = FreePorts.next();

    /** @param open where it listens; null if it does not */
    private record Expected(
            ListenerDefinition definition, @Nullable Open open) {}

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void listenersAgreeWithTheModelAndTheKernelAfterEveryStep() throws IOException {
        System.out.println("Random changes: -Dcanyon.random.seed=" + seed + " -Dcanyon.random.steps=" + steps);
        Set<Open> others = KernelSockets.read();
        // One port belongs to somebody else, on both protocols and every address.
        try (ServerSocket foreign = new ServerSocket(0);
                DatagramSocket alsoForeign = new DatagramSocket(foreign.getLocalPort())) {
            others.addAll(KernelSockets.read());
            ports.add(foreign.getLocalPort());
            while (ports.size() < PORTS + 1) {
                ports.add(FreePorts.next());
            }
            for (int i = 0; i < steps; i++) {
                step();
                compare(others);
            }
        } catch (AssertionError | RuntimeException ex) {
            throw new AssertionError(
                    "seed " + seed + ", foreign port " + ports.get(0) + ":\n" + String.join("\n", history), ex);
        }
    }

    private void step() {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        ListenerDefinition other = randomDefinition(name);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> create(other);
            case 3, 4, 5 -> change(other);
            case 6, 7 -> start(name, "start", () -> room.listeners.start(name));
            case 8 -> restart(name);
            case 9, 10 -> stop(name);
            default -> delete(name);
        }
    }

    private void create(ListenerDefinition wanted) {
        Class<?> refusal = model.containsKey(wanted.name())
                ? ListenerExistsException.class
                : wanted.enabled() ? refusalToOpen(wanted, wanted.endpoint().address()) : null;
        attempt("create " + wanted, wanted, refusal, () -> room.listeners.create(wanted));
    }

    private void change(ListenerDefinition wanted) {
        Expected now = model.get(wanted.name());
        Class<?> refusal = null;
        if (now == null) {
            refusal = ListenerNotFoundException.class;
        } else if (wanted.enabled() && needsAnotherPlace(now, wanted)) {
            refusal = refusalToOpen(wanted, wanted.endpoint().address());
        }
        attempt("change to " + wanted, wanted, refusal, () -> room.listeners.change(wanted, OptionalLong.empty()));
    }

    /** Another socket on the same port, for another backlog, is no other place. */
    private static boolean needsAnotherPlace(Expected now, ListenerDefinition wanted) {
        return now.open == null
                || now.definition.protocol() != wanted.protocol()
                || !now.definition.endpoint().address().equals(wanted.endpoint().address());
    }

    private void restart(String name) {
        Expected now = model.get(name);
        if (now != null && now.open != null) {
            attempt("restart " + name, now.definition, null, () -> room.listeners.restart(name));
        } else {
            start(name, "restart", () -> room.listeners.restart(name));
        }
    }

    private void start(String name, String word, Call call) {
        Expected now = model.get(name);
        if (now == null) {
            attempt(word + " " + name, null, ListenerNotFoundException.class, call);
            return;
        }
        Class<?> refusal = now.open != null
                ? null
                : refusalToOpen(now.definition, now.definition.endpoint().address());
        attempt(word + " " + name, now.definition.enabled(true), refusal, call);
    }

    private void stop(String name) {
        Expected now = model.get(name);
        attempt(
                "stop " + name,
                now == null ? null : now.definition.enabled(false),
                now == null ? ListenerNotFoundException.class : null,
                () -> room.listeners.stop(name));
    }

    private void delete(String name) {
        Class<?> refusal = model.containsKey(name) ? null : ListenerNotFoundException.class;
        attempt("delete " + name, null, refusal, () -> room.listeners.delete(name, OptionalLong.empty()));
        model.remove(name);
    }

    /** What stands against opening a port; null if nothing does. */
    private @Nullable Class<?> refusalToOpen(ListenerDefinition wanted, ListenAddress place) {
        InetSocketAddress address = place.resolve();
        boolean taken = model.values().stream()
                .filter(other -> !other.definition.name().equals(wanted.name()))
                .flatMap(other -> Stream.ofNullable(other.open))
                .anyMatch(
                        open -> open.protocol() == wanted.protocol() && ListenAddress.overlap(open.address(), address));
        if (taken) {
            return EndpointTakenException.class;
        }
        return address.getPort() == ports.get(0) ? BindFailedException.class : null;
    }

    private interface Call {
        ListenerSnapshot make();
    }

    /** @param refusal the exception it must throw, having changed nothing; null if it must succeed */
    private void attempt(String action, @Nullable ListenerDefinition wanted, @Nullable Class<?> refusal, Call call) {
        history.add(action + (refusal == null ? "" : " -> " + refusal.getSimpleName()));
        ListenerSnapshot after;
        try {
            after = call.make();
        } catch (RuntimeException ex) {
            assertThat(ex).as(action).isInstanceOf(refusal == null ? Void.class : refusal);
            return;
        }
        assertThat(refusal).as("refusal of " + action).isNull();
        if (wanted != null) {
            Open open = after.state() instanceof Running running
                    ? new Open(running.endpoint().protocol(), running.endpoint().address())
                    : null;
            model.put(wanted.name(), new Expected(wanted, open));
        }
    }

    private ListenerDefinition randomDefinition(String name) {
        int port = random.nextInt(3) == 0 ? 0 : ports.get(random.nextInt(ports.size()));
        TcpSettings defaults = TcpSettings.defaults();
        ProtocolSettings settings = random.nextBoolean()
                ? UdpSettings.defaults()
                : TcpSettings.with(Map.of(
                        "backlog",
                        random.nextBoolean() ? 64 : defaults.backlog(),
                        "maxConnections",
                        random.nextBoolean() ? 100 : 0));
        return TestListeners.definition(name, HOSTS.get(random.nextInt(HOSTS.size())), port, settings)
                .enabled(random.nextInt(4) > 0);
    }

    private void compare(Set<Open> others) throws IOException {
        assertThat(room.directory.all().map(ListenerSnapshot::name)).containsExactlyElementsOf(model.keySet());
        for (Expected expected : model.values()) {
            ListenerSnapshot seen =
                    room.directory.find(expected.definition.name()).orElseThrow();
            assertThat(seen.definition()).isEqualTo(expected.definition);
            assertThat(seen.state().word()).isEqualTo(expected.definition.enabled() ? "running" : "stopped");
            Open open = expected.open;
            if (open != null) {
                assertPlace(open, expected.definition);
                echo(open);
            }
        }
        Set<Open> open = KernelSockets.read();
        open.removeAll(others);
        assertThat(open).allMatch(this::isExpected).containsAll(expectedOpen().toList());
    }

    private Stream<Open> expectedOpen() {
        return model.values().stream().flatMap(expected -> Stream.ofNullable(expected.open));
    }

    private static void assertPlace(Open open, ListenerDefinition definition) {
        InetSocketAddress wanted = definition.endpoint().address().resolve();
        assertThat(open.protocol()).isEqualTo(definition.protocol());
        assertThat(open.address().getAddress()).isEqualTo(wanted.getAddress());
        if (wanted.getPort() != 0) {
            assertThat(open.address().getPort()).isEqualTo(wanted.getPort());
        }
    }

    /** A wildcard UDP listener has a socket for each address of this host besides. */
    private boolean isExpected(Open open) {
        return expectedOpen()
                .filter(expected -> expected.protocol() == open.protocol())
                .anyMatch(expected -> expected.equals(open)
                        || (open.protocol() == Protocol.UDP
                                && expected.address().getAddress().isAnyLocalAddress()
                                && ListenAddress.overlap(expected.address(), open.address())));
    }

    private void echo(Open open) throws IOException {
        InetAddress host = open.address().getAddress();
        if (host.isAnyLocalAddress()) {
            host = InetAddress.getByName(host.getAddress().length == 4 ? "127.0.0.1" : "::1");
        }
        InetSocketAddress to = new InetSocketAddress(host, open.address().getPort());
        byte value = (byte) random.nextInt();
        if (open.protocol() == Protocol.TCP) {
            try (Socket client = new Socket()) {
                client.setSoTimeout(TIMEOUT_MILLIS);
                client.connect(to, TIMEOUT_MILLIS);
                client.getOutputStream().write(value);
                assertThat((byte) client.getInputStream().read()).isEqualTo(value);
            }
        } else {
            try (DatagramSocket client = new DatagramSocket(clientPort, host)) {
                client.setSoTimeout(TIMEOUT_MILLIS);
                client.connect(to);
                client.send(new DatagramPacket(new byte[] {value}, 1));
                DatagramPacket reply = new DatagramPacket(new byte[10], 10);
                client.receive(reply);
                assertThat(reply.getLength()).isEqualTo(1);
                assertThat(reply.getData()[0]).isEqualTo(value);
            }
        }
    }
}
