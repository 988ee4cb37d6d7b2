package dev.canyon.listener;

import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.ProtocolSettings;
import dev.canyon.transport.TcpSettings;
import dev.canyon.transport.TransportKind;
import dev.canyon.transport.UdpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.support.GenericApplicationContext;

/** The room put together for a test, with a real context and real sockets, without the rest of the application. */
final class TestListeners implements AutoCloseable {

    final GenericApplicationContext context = new GenericApplicationContext();
    final EchoTransport transport = EchoTransport.start(TransportKind.preferred());
    final MemoryStore store = new MemoryStore();
    final ListenerRegistry directory;
    final ListenerFaces faces;
    final Listeners listeners;

    TestListeners() {
        this(0, true);
    }

    static TestListeners within(AllowedEndpoints allowed) {
        return new TestListeners(0, true, allowed);
    }

    /** @param complete whether all that is stored is known already */
    TestListeners(int maxListeners, boolean complete) {
        this(
                maxListeners,
                complete,
                AllowedEndpoints.in(
                        Properties.bind("canyon.default-host=127.0.0.1").limits()));
    }

    private TestListeners(int maxListeners, boolean complete, AllowedEndpoints allowed) {
        directory = new ListenerRegistry(maxListeners);
        faces = new ListenerFaces(context, directory, ManagementObserver.NONE);
        listeners = new Listeners(
                directory, store, faces, new Ports(transport, allowed, new Retries()), name -> ListenerObserver.NONE);
        context.refresh();
        store.load();
        if (complete) {
            directory.complete();
        }
    }

    static ListenerDefinition tcp(String name, int port) {
        return definition(name, port, TcpSettings.defaults());
    }

    static ListenerDefinition udp(String name, int port) {
        return definition(name, port, UdpSettings.defaults());
    }

    static ListenerDefinition definition(String name, int port, ProtocolSettings settings) {
        return definition(name, "127.0.0.1", port, settings);
    }

    static ListenerDefinition definition(String name, String host, int port, ProtocolSettings settings) {
        return new ListenerDefinition(
                name,
                new EndpointSpec(new ListenAddress(host, port), EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), settings),
                true,
                "",
                Map.of(),
                Duration.ofSeconds(1));
    }

    static int port(ListenerSnapshot listener) {
        return ((ListenerState.Running) listener.state()).endpoint().address().getPort();
    }

    @Override
    public void close() {
        listeners.drainAll(Duration.ZERO);
        faces.unregisterAll();
        transport.close();
        context.close();
    }
}
