package dev.canyon.probe;

import dev.canyon.dial.ClientSocket;
import dev.canyon.dial.UdpClientSocket;
import dev.canyon.dial.tls.TlsReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * Sends a datagram and receives one from the target. The socket is connected, so that ICMP errors are reported; for an empty datagram,
 * which a connected socket of the JDK does not send, only after the last attempt.
 */
final class UdpExchange extends Exchange {

    private final UdpClientSocket socket;
    private final ByteBuffer incoming = ByteBuffer.allocate(64 * 1024);

    UdpExchange(InetSocketAddress target, TestMessage message, StepTimer timer) throws IOException {
        super(message, timer);
        socket = UdpClientSocket.open(target, message.sourcePort());
        try {
            if (message.payload().length > 0) {
                socket.connect();
            }
        } catch (IOException ex) {
            close();
            throw ex;
        }
    }

    @Override
    void run(boolean last) throws IOException {
        discardLateResponses();
        long deadline = ClientSocket.deadlineAfter(message.timeout());
        if (send(deadline) && receive(deadline)) {
            judge();
        } else {
            endWithoutResponse();
        }
        if (last && !socket.isConnected()) {
            // Lets the socket report the local address it sends from.
            socket.connect();
        }
    }

    /** Datagrams are independent: each attempt is possible, whatever happened to the one before. */
    @Override
    boolean isOver() {
        return false;
    }

    private void discardLateResponses() throws IOException {
        try {
            for (int i = 0; i < MAX_LATE_READS && socket.receive(incoming.clear()); i++) {
                // It belongs to a previous attempt.
            }
        } catch (PortUnreachableException ex) {
            // So does the ICMP error.
        }
    }

    private boolean send(long deadline) throws IOException {
        boolean sent = socket.send(ByteBuffer.wrap(message.payload()), deadline);
        if (sent) {
            timer.sent();
        }
        return sent;
    }

    private boolean receive(long deadline) throws IOException {
        while (socket.await(SelectionKey.OP_READ, deadline)) {
            if (socket.receiveFromTarget(incoming.clear())) {
                keep(incoming.array(), incoming.position());
                return true;
            }
        }
        return false;
    }

    private void judge() {
        if (message.expectation().isMet(received())) {
            end(Outcome.OK, null);
        } else {
            end(Outcome.MISMATCH, "the response differs from the expected datagram");
        }
    }

    @Override
    UdpClientSocket socket() {
        return socket;
    }

    @Override
    @Nullable
    TlsReport tls() {
        return null;
    }
}
