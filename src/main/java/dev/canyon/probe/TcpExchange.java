package dev.canyon.probe;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Connect, send, receive, send again, close. */
final class TcpExchange extends Exchange {

    private final SocketChannel socket;
    private final ByteBuffer unsent;
    private final ByteBuffer incoming = ByteBuffer.allocate(64 * 1024);
    private boolean finishing;
    private boolean peerClosed;
    private boolean over;

    TcpExchange(InetSocketAddress target, TestMessage message, Stopwatch watch) throws IOException {
        super(target, message, watch);
        boolean ipv6 = target.getAddress() instanceof Inet6Address;
        socket = SocketChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            socket.configureBlocking(false);
            // A chosen source port shall be usable again while its last connection is in TIME_WAIT.
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, message.sourcePort() != 0);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.bind(new InetSocketAddress(message.sourcePort()));
        } catch (IOException ex) {
            close();
            throw ex;
        }
        unsent = ByteBuffer.wrap(message.payload());
    }

    @Override
    void run(boolean last) throws IOException {
        finishing = last && message.halfClose();
        if (socket.isConnected()) {
            forgetLateAnswers();
        } else if (!connect()) {
            over = true;
            ended(
                    Outcome.TIMEOUT_CONNECT,
                    "no answer to SYN within " + message.connectTimeout().toMillis() + " ms");
            return;
        }
        peerClosed = false;
        unsent.clear();
        long deadline = deadline(message.timeout());
        send();
        while (!peerClosed && !isDone()) {
            int interest = SelectionKey.OP_READ | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0);
            if (!await(interest, deadline)) {
                break;
            }
            send();
            receive();
        }
        judge();
    }

    /** After FIN or RST there is no stream; after half a message nobody knows where in it one is. */
    @Override
    boolean isOver() {
        return over || hasFailed();
    }

    private boolean connect() throws IOException {
        long deadline = deadline(message.connectTimeout());
        if (!socket.connect(target) && !(await(SelectionKey.OP_CONNECT, deadline) && socket.finishConnect())) {
            return false;
        }
        watch.connected();
        return true;
    }

    private void forgetLateAnswers() throws IOException {
        for (int i = 0; i < MAX_LATE_READS && socket.read(incoming.clear()) > 0; i++) {
            // It came too late for the attempt before.
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
        if (watch.timing().sentMicros() == null) {
            watch.sent();
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

    /** With a half-close the end is the peer's FIN, so that nothing more than expected can have come. */
    private boolean isDone() {
        return isTooMuch()
                || (!unsent.hasRemaining()
                        && !finishing
                        && message.expectation().isComplete(received()));
    }

    private void judge() {
        byte[] answer = received();
        Expectation expected = message.expectation();
        if (expected.isMet(answer) && !unsent.hasRemaining() && (peerClosed || !finishing)) {
            // If the peer has closed, it owes nothing: only a further message would show it.
            ended(Outcome.OK, null);
            return;
        }
        over = peerClosed || unsent.hasRemaining();
        if (expected.isComplete(answer) && !expected.isMet(answer)) {
            ended(Outcome.MISMATCH, "other bytes came back than expected");
        } else if (isTooMuch()) {
            ended(
                    Outcome.MISMATCH,
                    "much more came back than expected: reading stopped after " + answer.length + " bytes");
        } else if (peerClosed) {
            ended(Outcome.CLOSED_EARLY, "the peer sent FIN after " + answer.length + " bytes");
        } else if (answer.length == 0) {
            ended(
                    Outcome.TIMEOUT_READ,
                    "nothing came back within " + message.timeout().toMillis() + " ms");
        } else {
            ended(
                    Outcome.PARTIAL,
                    answer.length + " bytes came back within "
                            + message.timeout().toMillis() + " ms");
        }
    }

    @Override
    InetSocketAddress client() {
        return (InetSocketAddress) socket.socket().getLocalSocketAddress();
    }

    @Override
    SocketChannel socket() {
        return socket;
    }
}
