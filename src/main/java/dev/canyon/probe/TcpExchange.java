package dev.canyon.probe;

import dev.canyon.dial.ClientSocket;
import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.dial.TcpClientSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/** Connect, send, receive, send again, close. */
final class TcpExchange extends Exchange {

    private final TcpClientSocket socket;
    private final ByteBuffer unsent;
    private final ByteBuffer incoming = ByteBuffer.allocate(64 * 1024);
    private boolean finishing;
    private boolean peerClosed;
    private boolean over;

    TcpExchange(InetSocketAddress target, TestMessage message, StepTimer timer) throws IOException {
        super(message, timer);
        socket = TcpClientSocket.open(target, message.sourcePort());
        unsent = ByteBuffer.wrap(message.payload());
    }

    @Override
    void run(boolean last) throws IOException {
        finishing = last && message.halfClose();
        if (socket.isConnected()) {
            discardLateResponse();
        } else {
            socket.connect(message.connectTimeout());
            timer.connected();
            OutgoingProxyHeader header = message.proxyHeader();
            if (header != null) {
                socket.send(header);
            }
        }
        peerClosed = false;
        unsent.clear();
        long deadline = ClientSocket.deadlineAfter(message.timeout());
        send();
        while (!peerClosed && !isDone()) {
            int operations = SelectionKey.OP_READ | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0);
            if (!socket.await(operations, deadline)) {
                break;
            }
            send();
            receive();
        }
        judge();
    }

    /** A connection ends with FIN or RST. After an incomplete message the position in the stream is unknown. */
    @Override
    boolean isOver() {
        return over || hasFailed();
    }

    private void discardLateResponse() throws IOException {
        for (int i = 0; i < MAX_LATE_READS && socket.read(incoming.clear()) > 0; i++) {
            // It belongs to the previous attempt.
        }
    }

    private void send() throws IOException {
        boolean pending = unsent.hasRemaining();
        if (pending) {
            socket.write(unsent);
        }
        if (!unsent.hasRemaining() && (pending || message.payload().length == 0)) {
            sent();
        }
    }

    private void sent() throws IOException {
        if (timer.timing().sentMicros() == null) {
            timer.sent();
            if (finishing) {
                socket.shutdownOutput();
            }
        }
    }

    private void receive() throws IOException {
        int count = 0;
        while (!isTooMuch() && (count = socket.read(incoming.clear())) > 0) {
            keep(incoming.array(), count);
        }
        peerClosed = count < 0;
    }

    /** With a half-close the response ends with the peer's FIN, so that surplus bytes are detected. */
    private boolean isDone() {
        return isTooMuch()
                || (!unsent.hasRemaining()
                        && !finishing
                        && message.expectation().isComplete(received()));
    }

    private void judge() {
        byte[] response = received();
        Expectation expected = message.expectation();
        if (expected.isMet(response) && !unsent.hasRemaining() && (peerClosed || !finishing)) {
            // If the peer has closed after a complete response, only a further message would fail.
            end(Outcome.OK, null);
            return;
        }
        over = peerClosed || unsent.hasRemaining();
        if (expected.isComplete(response) && !expected.isMet(response)) {
            end(Outcome.MISMATCH, "the response differs from the expected bytes");
        } else if (isTooMuch()) {
            end(
                    Outcome.MISMATCH,
                    "the response is much longer than expected: stopped reading after " + response.length + " bytes");
        } else if (peerClosed) {
            end(Outcome.CLOSED_EARLY, "the peer sent FIN after " + response.length + " bytes");
        } else if (response.length == 0) {
            endWithoutResponse();
        } else {
            end(
                    Outcome.PARTIAL,
                    "received " + response.length + " bytes within "
                            + message.timeout().toMillis() + " ms");
        }
    }

    @Override
    TcpClientSocket socket() {
        return socket;
    }
}
