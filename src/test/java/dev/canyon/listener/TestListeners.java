package dev.canyon.listener;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.listener.directory.ListenerObserver;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState;
import dev.canyon.listener.endpoint.AllowedEndpoints;
import dev.canyon.listener.endpoint.EndpointClaims;
import dev.canyon.listener.endpoint.HostLookup;
import dev.canyon.listener.management.ManagementObserver;
import dev.canyon.listener.management.SpringAndJmxBeans;
import dev.canyon.net.ListenAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.context.support.GenericApplicationContext;

/** The listener package assembled for a test, with a real context and real sockets, without the rest of the application. */
public final class TestListeners implements AutoCloseable {

    public final GenericApplicationContext context = new GenericApplicationContext();
    public final EchoTransport transport;
    public final MemoryStore store = new MemoryStore();
    public final ListenerRegistry directory;
    public final ListenerBeans beans;
    public final BlockingListeners listeners;

    private final HostLookup hosts;
    private final ChangeExecutor changes = new ChangeExecutor();

    public TestListeners() {
        this(0, true);
    }

    TestListeners(TransportKind kind) {
        this(kind, 0, true, everywhere(), new HostLookup(), beans -> beans);
    }

    public static TestListeners within(AllowedEndpoints allowed) {
        return new TestListeners(0, true, allowed, new HostLookup(), beans -> beans);
    }

    /** @param hosts a name service that may be slow */
    static TestListeners resolvingBy(HostLookup hosts) {
        return new TestListeners(0, true, everywhere(), hosts, beans -> beans);
    }

    /** @param around given the real beans, for example to delay a call */
    static TestListeners publishingBy(UnaryOperator<ListenerBeans> around) {
        return new TestListeners(0, true, everywhere(), new HostLookup(), around);
    }

    /** @param complete whether all stored listeners are loaded already */
    public TestListeners(int maxListeners, boolean complete) {
        this(maxListeners, complete, everywhere(), new HostLookup(), beans -> beans);
    }

    private static AllowedEndpoints everywhere() {
        return AllowedEndpoints.in(
                Properties.bind("canyon.default-host=127.0.0.1").limits());
    }

    private TestListeners(
            int maxListeners,
            boolean complete,
            AllowedEndpoints allowed,
            HostLookup hosts,
            UnaryOperator<ListenerBeans> around) {
        this(TransportKind.preferred(), maxListeners, complete, allowed, hosts, around);
    }

    private TestListeners(
            TransportKind kind,
            int maxListeners,
            boolean complete,
            AllowedEndpoints allowed,
            HostLookup hosts,
            UnaryOperator<ListenerBeans> around) {
        transport = EchoTransport.start(kind);
        EndpointClaims claims = new EndpointClaims();
        this.hosts = hosts;
        directory = new ListenerRegistry(maxListeners, claims);
        beans = around.apply(new SpringAndJmxBeans(context, directory, ManagementObserver.NONE));
        listeners = new BlockingListeners(new Listeners(
                directory,
                store,
                beans,
                new PortBinder(transport, allowed, claims, hosts, changes),
                changes,
                name -> ListenerObserver.NONE));
        context.refresh();
        store.load();
        if (complete) {
            directory.complete();
        }
    }

    public static ListenerDefinition tcp(String name, int port) {
        return definition(name, port, TcpSettings.defaults());
    }

    public static ListenerDefinition udp(String name, int port) {
        return definition(name, port, UdpSettings.defaults());
    }

    public static ListenerDefinition definition(String name, int port, ProtocolSettings settings) {
        return definition(name, "127.0.0.1", port, settings);
    }

    public static ListenerDefinition definition(String name, String host, int port, ProtocolSettings settings) {
        return new ListenerDefinition(
                name,
                new EndpointSpec(new ListenAddress(host, port), EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), settings),
                true,
                "",
                Map.of(),
                Duration.ofSeconds(1),
                List.of());
    }

    public static int port(ListenerSnapshot listener) {
        return ((ListenerState.Running) listener.state()).endpoint().address().getPort();
    }

    @Override
    public void close() {
        listeners.drainAll(Duration.ZERO);
        beans.unregisterAll();
        transport.close();
        context.close();
        hosts.close();
        changes.close();
    }
}
