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

    /** The datagrams that were received in this test, in the order of their arrival. */
    public List<Datagram> datagrams() {
        return traffic().datagrams();
    }

    /**
     * Waits until this number of datagrams was received.
     *
     * @throws AssertionError if that takes longer; contains the last events of the listener
     */
    public void awaitDatagrams(int count, Duration timeout) {
        await(() -> datagrams().size() >= count, timeout, () -> count + " datagrams, but was " + datagrams());
    }

    @Override
    List<Payload> messages() {
        return datagrams().stream().map(Datagram::payload).toList();
    }
}
