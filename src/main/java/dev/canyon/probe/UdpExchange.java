package dev.canyon.probe;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/**
 * Sendto, recvfrom. The socket is connected, so that only the target's answer counts and its refusal is told. The JDK
 * sends no empty datagram on a connected socket, so for one it is connected afterwards.
 */
final class UdpExchange extends Exchange {

    private final DatagramChannel socket;
    private final ByteBuffer incoming = ByteBuffer.allocate(64 * 1024);

    UdpExchange(InetSocketAddress target, TestMessage message, Stopwatch watch) throws IOException {
        super(target, message, watch);
        boolean ipv6 = target.getAddress() instanceof Inet6Address;
        socket = DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            socket.configureBlocking(false);
            // Whether a broadcast address may be dialled is decided before; here it is one like others.
            socket.setOption(StandardSocketOptions.SO_BROADCAST, true);
            socket.bind(new InetSocketAddress(message.sourcePort()));
            if (message.payload().length > 0) {
                socket.connect(target);
            }
        } catch (IOException ex) {
            close();
            throw ex;
        }
    }

    @Override
    void run(boolean last) throws IOException {
        forgetLateAnswers();
        long deadline = deadline(message.timeout());
        socket.send(ByteBuffer.wrap(message.payload()), target);
        watch.sent();
        if (receive(deadline)) {
            judge();
        } else {
            ended(
                    Outcome.TIMEOUT_READ,
                    "nothing came back within " + message.timeout().toMillis() + " ms");
        }
        if (last && !socket.isConnected()) {
            // Only now does the socket know which of our addresses it sends from.
            socket.connect(target);
        }
    }

    /** Each datagram stands alone: what became of one says nothing of the next. */
    @Override
    boolean isOver() {
        return false;
    }

    private void forgetLateAnswers() throws IOException {
        try {
            for (int i = 0; i < MAX_LATE_READS && socket.receive(incoming.clear()) != null; i++) {
                // It came too late for the attempt before.
            }
        } catch (PortUnreachableException ex) {
            // So did this.
        }
    }

    private boolean receive(long deadline) throws IOException {
        while (await(SelectionKey.OP_READ, deadline)) {
            if (target.equals(socket.receive(incoming.clear()))) {
                keep(incoming.array(), incoming.position());
                return true;
            }
        }
        return false;
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
