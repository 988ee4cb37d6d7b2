package dev.canyon.junit;

import dev.canyon.engine.endpoint.UdpSettings;
import java.time.Duration;
import java.util.List;

/** A UDP listener. */
public final class UdpListener extends EchoListener {

    UdpListener(String name, Answer answer) {
        super(name, UdpSettings.defaults(), answer.settings(), null);
    }

    /**
     * Adds a fault until the test ends. Returns once it is in effect.
     *
     * @param fault see {@link Faults}
     */
    public InjectedFault fault(TestFault<? extends TestFault.Udp> fault) {
        return inject(fault);
    }

    /**
     * The datagrams that were received in this test, in the order of their arrival.
     *
     * @throws IllegalStateException if more than 16 MiB were received
     */
    public List<Datagram> datagrams() {
        return traffic().datagrams();
    }

    /**
     * Waits until this number of datagrams was received.
     *
     * @throws AssertionError if that takes longer or the thread is interrupted; contains the last events of the listener
     */
    public void awaitDatagrams(int count, Duration timeout) {
        await(
                () -> traffic().receivedCount() >= count,
                timeout,
                () -> count + " datagrams, but was " + traffic().receivedCount());
    }

    @Override
    List<Payload> messages() {
        return datagrams().stream().map(Datagram::payload).toList();
    }
}
