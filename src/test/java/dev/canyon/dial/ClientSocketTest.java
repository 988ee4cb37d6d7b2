package dev.canyon.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientSocketTest {

    /** Opens sockets to an IPv4 address: the program of {@link #opensSocketsOfTheTargetsFamilyWhateverTheJvmPrefers}. */
    public static void main(String[] arguments) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 1, loopback)) {
            InetSocketAddress target = new InetSocketAddress(loopback, server.getLocalPort());
            try (TcpClientSocket tcp = TcpClientSocket.open(target, 0);
                    UdpClientSocket udp = UdpClientSocket.open(target, 0)) {
                tcp.connect(Duration.ofSeconds(10));
                udp.connect();
                System.out.println(tcp.localAddress().getHostString());
                System.out.println(udp.localAddress().getHostString());
            }
        }
    }

    @Test
    void opensSocketsOfTheTargetsFamilyWhateverTheJvmPrefers() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.net.preferIPv6Addresses=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClientSocketTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output.lines()).containsExactly("127.0.0.1", "127.0.0.1");
    }

    @Test
    void whatHasArrivedIsFoundAfterTheDeadline() throws IOException {
        try (DatagramChannel peer = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                UdpClientSocket socket = UdpClientSocket.open((InetSocketAddress) peer.getLocalAddress(), 0)) {
            socket.connect();
            long past = System.nanoTime() - 1;
            assertThat(socket.await(SelectionKey.OP_READ, past)).isFalse();
            // Over the loopback interface, a datagram has arrived when send returns.
            peer.send(ByteBuffer.allocate(1), socket.localAddress());
            assertThat(socket.await(SelectionKey.OP_READ, past)).isTrue();
        }
    }
}
