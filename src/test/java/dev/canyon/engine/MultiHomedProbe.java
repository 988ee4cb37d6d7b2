package dev.canyon.engine;

import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.Observation;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A program that {@link MultiHomedTest} runs in a separate network namespace. For each transport it opens a wildcard UDP
 * endpoint and sends to it on each given address, from a connected socket, which accepts no reply from another address. It
 * prints one line for each check, and exits with 1 at the first that fails.
 *
 * <p>The last address may be assigned only after {@code ready} is printed.
 */
final class MultiHomedProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 200;

    private MultiHomedProbe() {}

    public static void main(String[] addresses) throws Exception {
        List<String> all = Arrays.asList(addresses);
        for (TransportKind kind : TransportKind.values()) {
            if (kind.isAvailable()) {
                check(kind, all);
            }
        }
    }

    private static void check(TransportKind kind, List<String> addresses) throws Exception {
        String wildcard = addresses.get(0).contains(":") ? "::" : "0.0.0.0";
        EndpointSpec spec = Endpoints.spec(wildcard, 0, UdpSettings.defaults());
        EchoEndpoint endpoint =
                Endpoints.transport(kind).open(spec.address().resolve(), spec, Observation.by(SocketObserver.NONE));
        int port = endpoint.address().getPort();
        System.out.println("ready " + kind);
        for (String address : addresses) {
            require(repliesFrom(address, port), kind + " replies from " + address);
            require(!canBeShared(address, port), kind + " shares " + address + " with no other socket");
        }
        endpoint.close(Duration.ZERO).join();
        require(canBeShared(addresses.get(0), port), kind + " frees its port");
    }

    private static boolean repliesFrom(String address, int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            try (DatagramSocket client = new DatagramSocket()) {
                client.setSoTimeout(500);
                client.connect(new InetSocketAddress(InetAddress.getByName(address), port));
                client.send(new DatagramPacket(new byte[] {7}, 1));
                DatagramPacket reply = new DatagramPacket(new byte[8], 8);
                client.receive(reply);
                return reply.getLength() == 1 && reply.getData()[0] == 7;
            } catch (SocketTimeoutException | SocketException ex) {
                // A new address may not be assigned yet; it is detected within ten seconds.
                Thread.sleep(PAUSE_MILLIS);
                System.out.println("waiting for " + address);
            }
        }
        return false;
    }

    private static boolean canBeShared(String address, int port) throws IOException {
        try (DatagramSocket stranger = new DatagramSocket(null)) {
            stranger.setReuseAddress(true);
            stranger.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (SocketException ex) {
            return false;
        }
    }

    private static void require(boolean condition, String what) {
        System.out.println((condition ? "ok " : "FAILED ") + what);
        if (!condition) {
            System.exit(1);
        }
    }
}
