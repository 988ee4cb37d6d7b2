package dev.canyon.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.Namespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends datagrams faster than the link carries them, so that the send buffer fills up. */
@Timeout(60)
class SlowLinkTest {

    private static final int DATAGRAMS = 600;

    /** Runs in the namespace. Prints how many datagrams were sent, how many arrived, and whether a past deadline is kept. */
    public static void main(String[] arguments) throws Exception {
        Process shaping = new ProcessBuilder("tc qdisc add dev lo root tbf rate 8mbit burst 70kb limit 10mb".split(" "))
                .inheritIO()
                .start();
        if (shaping.waitFor() != 0) {
            throw new IllegalStateException("tc-tbf(8) is not available");
        }
        try (DatagramChannel peer = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                UdpClientSocket socket = UdpClientSocket.open((InetSocketAddress) peer.getLocalAddress(), 0)) {
            peer.configureBlocking(false);
            // Twice the send buffer: nothing is lost here, however long this thread stands still.
            peer.setOption(StandardSocketOptions.SO_RCVBUF, 1024 * 1024);
            int sent = 0;
            int arrived = 0;
            for (int i = 0; i < DATAGRAMS; i++) {
                sent += socket.send(ByteBuffer.allocate(1_000), ClientSocket.deadlineAfter(Duration.ofSeconds(10)))
                        ? 1
                        : 0;
                arrived += receiveAll(peer);
            }
            long end = ClientSocket.deadlineAfter(Duration.ofSeconds(10));
            while (arrived < DATAGRAMS && System.nanoTime() < end) {
                arrived += receiveAll(peer);
            }
            boolean room = true;
            for (int i = 0; i < DATAGRAMS && room; i++) {
                room = socket.send(ByteBuffer.allocate(1_000), System.nanoTime());
            }
            System.out.println("sent " + sent + ", arrived " + arrived + ", always room " + room);
        }
    }

    private static int receiveAll(DatagramChannel peer) throws IOException {
        ByteBuffer received = ByteBuffer.allocate(2_000);
        int datagrams = 0;
        while (peer.receive(received.clear()) != null) {
            datagrams++;
        }
        return datagrams;
    }

    @Test
    void noDatagramIsLostInAFullSendBuffer() throws Exception {
        try (Namespace namespace = new Namespace("slow")) {
            Process program = namespace.java(SlowLinkTest.class).start();
            String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor()).as(output).isZero();
            assertThat(output).isEqualTo("sent 600, arrived 600, always room false\n");
        }
    }
}
