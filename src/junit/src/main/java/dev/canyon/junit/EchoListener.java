package dev.canyon.junit;

import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.Fault;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.fault.HandshakeEffect;
import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.engine.fault.type.Refuse;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A listener on 127.0.0.1, on a port that the system chooses. Open while tests of its {@link EchoListeners} run; what it reports
 * concerns the present test. May be used from any thread.
 */
public abstract sealed class EchoListener permits TcpListener, UdpListener {

    private static final ListenAddress LOOPBACK = new ListenAddress("127.0.0.1", 0);

    private final String name;
    private final EndpointSpec spec;
    private final Traffic traffic = new Traffic();
    private final AtomicInteger faultIds = new AtomicInteger();
    private final List<InjectedFault> faults = new CopyOnWriteArrayList<>();
    private volatile @Nullable Open open;

    private record Open(EchoEndpoint endpoint, Observation observation, Refusal refusal) {}

    EchoListener(String name, ProtocolSettings protocol, ReplySettings replies, @Nullable TlsSettings tls) {
        this.name = name;
        this.spec =
                new EndpointSpec(LOOPBACK, EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), protocol, replies, tls, null);
    }

    public String name() {
        return name;
    }

    /** Where clients reach the listener. */
    public InetSocketAddress address() {
        return requireOpen().endpoint.address();
    }

    /** The address as text: {@code 127.0.0.1}. */
    public String host() {
        return address().getHostString();
    }

    public int port() {
        return address().getPort();
    }

    /**
     * Everything that was received in this test, in the order of its arrival; with TLS the plaintext. Includes what faults have taken
     * afterwards.
     *
     * @throws IllegalStateException if more than 16 MiB were received
     */
    public Payload received() {
        return traffic.received();
    }

    /**
     * Waits until this text was received: by one connection, however it was split, or in one datagram.
     *
     * @param text encoded in UTF-8
     * @throws AssertionError if that takes longer or the thread is interrupted; contains the last events of the listener
     * @throws IllegalStateException if more than 16 MiB were received
     */
    public void awaitReceived(String text, Duration timeout) {
        awaitReceived(Payload.of(text), timeout);
    }

    /**
     * Waits until these bytes were received: by one connection, however they were split, or in one datagram.
     *
     * @throws AssertionError if that takes longer or the thread is interrupted; contains the last events of the listener
     * @throws IllegalStateException if more than 16 MiB were received
     */
    public void awaitReceived(byte[] bytes, Duration timeout) {
        awaitReceived(Payload.of(bytes), timeout);
    }

    private void awaitReceived(Payload wanted, Duration timeout) {
        await(
                () -> messages().stream().anyMatch(message -> message.contains(wanted)),
                timeout,
                () -> wanted + " to be received, but received " + messages());
    }

    /** What was received, divided where nothing that is awaited can continue. */
    abstract List<Payload> messages();

    /** The last events in this test, each on a line of its own, with the time since the test began. */
    public String events() {
        return traffic.events();
    }

    final Traffic traffic() {
        return traffic;
    }

    final InjectedFault inject(TestFault<?> fault) {
        if (fault.effect() instanceof HandshakeEffect && spec.tls() == null) {
            throw new IllegalArgumentException("this fault is for listeners with TLS");
        }
        Open current = requireOpen();
        String id = FaultTypes.nameOf(fault.effect()) + "-" + faultIds.incrementAndGet();
        InjectedFault added = fault.effect() instanceof Refuse ? refuse(current, id) : inject(current, fault.named(id));
        faults.add(added);
        return added;
    }

    private InjectedFault inject(Open current, Fault fault) {
        FaultTree.check(fault, spec.protocol(), "", FaultReport.failFast());
        FaultPoint point = current.observation.faults();
        ActiveFault active = point.add(fault, Duration.ZERO);
        return new InjectedFault(this, fault.id(), active::appliedCount, () -> point.remove(fault.id()));
    }

    /** The engine's own way needs native code. */
    private InjectedFault refuse(Open current, String id) {
        current.refusal.begin();
        return new InjectedFault(this, id, () -> 0, current.refusal::end);
    }

    final void await(BooleanSupplier condition, Duration timeout, Supplier<String> expectation) {
        try {
            if (!traffic.await(condition, timeout)) {
                throw new AssertionError(this + ": expected " + expectation.get() + " within " + timeout.toMillis()
                        + " ms\n" + events());
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError(
                    this + ": interrupted while waiting for " + expectation.get() + "\n" + events(), ex);
        }
    }

    private Open requireOpen() {
        Open current = open;
        if (current == null) {
            throw new IllegalStateException("listener '" + name
                    + "' is not open: annotate the field of its EchoListeners with @RegisterExtension");
        }
        return current;
    }

    final boolean isOpen() {
        return open != null;
    }

    /** Opens the port; nothing has been received. */
    final void open(EchoTransport transport) {
        Observation observation = Observation.of(name, traffic, traffic);
        observation.taps().attach(traffic, true);
        traffic.begin();
        EchoEndpoint endpoint = transport.open(LOOPBACK.resolve(), spec, observation);
        open = new Open(endpoint, observation, new Refusal(endpoint));
    }

    /** Begins a test: no faults, and nothing has been received. */
    final void begin() {
        endFaults();
        traffic.begin();
    }

    /** Removes all faults. After a failure, the next call tries again. */
    final void endFaults() {
        Cleanup.each(faults, InjectedFault::remove);
        faults.clear();
    }

    /** Closes the port and its connections. What was received stays readable. */
    final void close() {
        Open closing = requireOpen();
        try {
            endFaults();
        } finally {
            open = null;
            faults.clear();
            closing.endpoint.close(Duration.ZERO).join();
            closing.observation.faults().close();
            closing.observation.taps().close();
        }
    }

    @Override
    public String toString() {
        Open current = open;
        String address = current == null ? "closed" : IpText.of(current.endpoint.address());
        return spec.protocol() + (spec.tls() == null ? "" : " with TLS") + " listener '" + name + "' (" + address + ")";
    }
}
