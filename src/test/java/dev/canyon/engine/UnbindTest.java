package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.net.BindFailedException;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class UnbindTest {

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @OnEveryWire
    void unbindingAndRebindingATcpPortKeepsItsConnections(Wire wire) throws IOException {
        Opened opened = endpoints.tcpToBeClosed(wire);
        try (TcpClient client = TcpClient.connect(opened.endpoint().address())) {
            client.send(new byte[] {1}).read(1);
            opened.endpoint().unbind();
            TcpClient.awaitRefused(opened.endpoint().address());
            assertThat(client.send(new byte[] {2}).read(1)).containsExactly(2);
            opened.endpoint().rebind();
            try (TcpClient another = TcpClient.connect(opened.endpoint().address())) {
                assertThat(another.send(new byte[] {3}).read(1)).containsExactly(3);
            }
            assertThat(client.send(new byte[] {4}).read(1)).containsExactly(4);
        }
    }

    @OnEveryWire
    void aUdpPortAnswersAgainAfterUnbindAndRebind(Wire wire) throws IOException {
        Opened opened = endpoints.udpToBeClosed(wire);
        opened.endpoint().unbind();
        try (DatagramSocket other = await().ignoreException(BindException.class)
                .until(() -> new DatagramSocket(opened.endpoint().address()), socket -> true)) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(opened.endpoint()::rebind).isInstanceOf(BindFailedException.class);
        }
        opened.endpoint().rebind();
        opened.endpoint().rebind();
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(5_000);
            client.connect(opened.endpoint().address());
            client.send(new DatagramPacket(new byte[] {7}, 1));
            DatagramPacket reply = new DatagramPacket(new byte[10], 10);
            client.receive(reply);
            assertThat(reply.getLength()).isOne();
        }
        assertThat(opened.read().receivedMessages()).isOne();
    }

    @OnEveryWire
    void aClosedEndpointIsNotBoundAgain(Wire wire) {
        Opened tcp = endpoints.tcpToBeClosed(wire);
        Opened udp = endpoints.udpToBeClosed(wire);
        tcp.endpoint().close(Duration.ZERO).join();
        udp.endpoint().close(Duration.ZERO).join();
        tcp.endpoint().rebind();
        udp.endpoint().rebind();
        TcpClient.awaitRefused(tcp.endpoint().address());
        endpoints.openAgain(wire.kind(), Endpoints.spec(wire.loopback(), udp.port(), UdpSettings.defaults()));
    }
}
