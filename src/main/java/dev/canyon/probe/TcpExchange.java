package dev.canyon.probe;

import dev.canyon.dial.ClientSocket;
import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.dial.TcpClientSocket;
import dev.canyon.dial.tls.ClientHandshake;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.dial.tls.TlsReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** Connect, TLS handshake, send, receive, send again, close. */
final class TcpExchange extends Exchange {

    private final TcpClientSocket socket;
    private final ByteBuffer unsent;
    private final ByteBuffer incoming = ByteBuffer.allocate(64 * 1024);
    private @Nullable ClientHandshake handshake;
    /** Whether the kernel has accepted the whole message. */
    private boolean flushed;

    private boolean finishing;
    private boolean finPending;
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
            connect();
        }
        peerClosed = false;
        flushed = message.payload().length == 0;
        unsent.clear();
        long deadline = ClientSocket.deadlineAfter(message.timeout());
        send();
        while (!peerClosed && !isDone()) {
            int operations = SelectionKey.OP_READ | (flushed && !finPending ? 0 : SelectionKey.OP_WRITE);
            if (!socket.await(operations, deadline)) {
                break;
            }
            send();
            receive();
        }
        judge();
    }

    private void connect() throws IOException {
        socket.connect(message.connectTimeout());
        timer.connected();
        OutgoingProxyHeader header = message.proxyHeader();
        if (header != null) {
            socket.send(header);
        }
        ClientTls tls = message.tls();
        if (tls != null) {
            handshake = tls.begin();
            socket.startTls(handshake, message.connectTimeout());
            timer.handshake();
        }
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
        if (!flushed) {
            flushed = socket.write(unsent);
        }
        if (flushed && timer.timing().sentMicros() == null) {
            timer.sent();
            finPending = finishing;
        }
        if (finPending) {
            finPending = !socket.shutdownOutput();
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
        return isTooMuch() || (flushed && !finishing && message.expectation().isComplete(received()));
    }

    private void judge() {
        byte[] response = received();
        Expectation expected = message.expectation();
        if (expected.isMet(response) && flushed && (peerClosed || !finishing)) {
            // If the peer has closed after a complete response, only a further message would fail.
            end(Outcome.OK, null);
            return;
        }
        over = peerClosed || !flushed;
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

    @Override
    @Nullable
    TlsReport tls() {
        return handshake == null ? null : handshake.report();
    }
}
