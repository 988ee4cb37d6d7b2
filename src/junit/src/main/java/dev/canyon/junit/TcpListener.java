package dev.canyon.junit;

import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TCP listener. */
public sealed class TcpListener extends EchoListener permits TlsListener {

    TcpListener(String name, Answer answer) {
        this(name, answer, null);
    }

    TcpListener(String name, Answer answer, @Nullable TlsSettings tls) {
        super(name, TcpSettings.defaults(), answer.settings(), tls);
    }

    /**
     * Adds a fault until the test ends. Returns once it is in effect, also for open connections.
     *
     * @param fault see {@link Faults}
     * @throws IllegalArgumentException if the fault is for TLS and this listener is not
     * @throws IllegalStateException if connects are refused already and this fault would refuse them, too
     */
    public InjectedFault fault(TestFault<? extends TestFault.Tcp> fault) {
        return inject(fault);
    }

    /**
     * The connections that were accepted in this test, and earlier ones on which something was received in it, in the order of their
     * arrival.
     *
     * @throws IllegalStateException if more than 16 MiB were received
     */
    public List<Connection> connections() {
        return traffic().connections();
    }

    /**
     * Waits until {@link #connections} has this number of connections, open or not.
     *
     * @throws AssertionError if that takes longer or the thread is interrupted; contains the last events of the listener
     */
    public void awaitConnections(int count, Duration timeout) {
        await(
                () -> traffic().connectionCount() >= count,
                timeout,
                () -> count + " connections, but was " + traffic().connectionCount());
    }

    /**
     * Waits until none of {@link #connections} is open.
     *
     * @throws AssertionError if that takes longer or the thread is interrupted; contains the last events of the listener
     */
    public void awaitClosed(Duration timeout) {
        await(
                () -> traffic().openConnections() == 0,
                timeout,
                () -> "no open connection, but was " + traffic().openConnections());
    }

    @Override
    List<Payload> messages() {
        return connections().stream().map(Connection::received).toList();
    }
}
