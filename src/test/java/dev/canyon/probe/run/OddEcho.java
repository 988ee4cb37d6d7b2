package dev.canyon.probe.run;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A UDP server on loopback that impairs datagrams like a bad network, and counts them. */
final class OddEcho implements AutoCloseable {

    /** The impairment of one datagram. */
    interface Behaviour {

        /** @param number of the datagram, from 1 */
        void meet(OddEcho server, DatagramPacket datagram, int number) throws IOException;
    }

    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    private final DatagramSocket socket;
    private final Thread thread;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private @Nullable DatagramPacket held;

    OddEcho(Behaviour behaviour) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        socket.setReceiveBufferSize(4 * 1024 * 1024);
        thread = new Thread(() -> serve(behaviour), "odd-echo");
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve(Behaviour behaviour) {
        while (!socket.isClosed()) {
            try {
                DatagramPacket datagram = new DatagramPacket(new byte[65_536], 65_536);
                socket.receive(datagram);
                behaviour.meet(this, datagram, received.incrementAndGet());
            } catch (IOException ex) {
                // The client or the test has gone.
            }
        }
    }

    void echo(DatagramPacket datagram) throws IOException {
        socket.send(datagram);
    }

    static void echoAll(OddEcho server, DatagramPacket datagram, int number) throws IOException {
        server.echo(datagram);
    }

    static Behaviour dropEvery(int nth) {
        return (server, datagram, number) -> {
            if (number % nth == 0) {
                server.done.incrementAndGet();
            } else {
                server.echo(datagram);
            }
        };
    }

    static Behaviour doubleEvery(int nth) {
        return (server, datagram, number) -> {
            server.echo(datagram);
            if (number % nth == 0) {
                server.echo(datagram);
                server.done.incrementAndGet();
            }
        };
    }

    /** Swaps each pair. */
    static Behaviour swapNeighbours() {
        return (server, datagram, number) -> {
            DatagramPacket first = server.held;
            if (first == null) {
                server.held = datagram;
            } else {
                server.held = null;
                server.echo(datagram);
                server.echo(first);
                server.done.incrementAndGet();
            }
        };
    }

    /** Flips one bit: of the first byte, then of the second, and so on. */
    static Behaviour flipAByteOfEvery(int nth) {
        return (server, datagram, number) -> {
            if (number % nth == 0) {
                int index = server.done.getAndIncrement() % datagram.getLength();
                datagram.getData()[index] ^= 0x10;
            }
            server.echo(datagram);
        };
    }

    static Behaviour cutEvery(int nth) {
        return (server, datagram, number) -> {
            if (number % nth == 0) {
                server.done.incrementAndGet();
                datagram.setLength(datagram.getLength() - 1);
            }
            server.echo(datagram);
        };
    }

    static Behaviour lengthenEvery(int nth) {
        return (server, datagram, number) -> {
            if (number % nth == 0) {
                server.done.incrementAndGet();
                byte[] longer = Arrays.copyOf(datagram.getData(), datagram.getLength() + 5);
                server.echo(new DatagramPacket(longer, longer.length, datagram.getSocketAddress()));
            } else {
                server.echo(datagram);
            }
        };
    }

    /** @param most number of delayed datagrams; the following ones are not, so that the run waits for the last delayed one */
    static Behaviour delayEvery(int nth, int most, long millis) {
        return (server, datagram, number) -> {
            if (number % nth == 0 && server.done.get() < most) {
                server.done.incrementAndGet();
                server.later.schedule(
                        () -> {
                            server.echo(datagram);
                            return null;
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
            } else {
                server.echo(datagram);
            }
        };
    }

    @Override
    public void close() throws InterruptedException {
        later.shutdownNow();
        socket.close();
        thread.join(10_000);
    }
}
