package dev.canyon.probe;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** Sendto, recvfrom. The socket is connected, so that only the target's answer counts and its refusal is told. */
final class UdpExchange extends Exchange {

    private final DatagramChannel socket;
    private final ByteBuffer incoming = ByteBuffer.allocate(64 * 1024);

    UdpExchange(InetSocketAddress target, TestMessage message, Stopwatch watch) throws IOException {
        super(target, message, watch);
        boolean ipv6 = target.getAddress() instanceof Inet6Address;
        socket = DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            socket.configureBlocking(false);
            socket.bind(new InetSocketAddress(message.sourcePort()));
            socket.connect(target);
        } catch (IOException ex) {
            close();
            throw ex;
        }
    }

    @Override
    void run() throws IOException {
        long deadline = deadline(message.timeout());
        socket.write(ByteBuffer.wrap(message.payload()));
        watch.sent();
        while (await(SelectionKey.OP_READ, deadline)) {
            if (socket.receive(incoming.clear()) != null) {
                keep(incoming.array(), incoming.position());
                judge();
                return;
            }
        }
        ended(Outcome.TIMEOUT_READ, "nothing came back within " + message.timeout());
    }

    private void judge() {
        if (message.expectation().isMet(received())) {
            ended(Outcome.OK, null);
        } else {
            ended(Outcome.MISMATCH, "another datagram came back than expected");
        }
    }

    @Override
    InetSocketAddress client() {
        return (InetSocketAddress) socket.socket().getLocalSocketAddress();
    }

    @Override
    DatagramChannel socket() {
        return socket;
    }
}
